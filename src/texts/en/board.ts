/** The published stars as a web page. */
export const board = {
  none_title: 'No such board',
  expired:
    'This link has expired. Open a newer result message in the group, or ask the branch secretary for a new link.',
  unknown:
    'There is no such board: the link is not complete, or the results are not published yet. Open it again from the result message in the group.',
};
