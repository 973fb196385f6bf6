/**
 * What a button of the template does when it is tapped, in the form the card builder itself writes it. Where two ways exist, the one is
 * taken that a file exported from the builder shows in use (test/platform/dingtalk/template.test.ts says which file).
 */
import { TEMPLATE_VERSION } from './card-data.ts';
import { type Condition, dynamic, fixedParameter, parameter, visible } from './template-parts.ts';

type Props = Record<string, unknown>;

/** What every click carries back. `tv` is fixed in the template: no other file returns it, and an older one returns an older number. */
const parameters = (act: string) => [
  parameter('act', act, 1),
  parameter('state', 'state', 2),
  parameter('rev', 'rev', 3),
  fixedParameter('tv', `${TEMPLATE_VERSION}`, 4),
];

const select = (value: string, variable = '', scope = 'global') => ({
  type: 'dynamicSelect',
  valueType: variable === '' ? 'fixed' : 'variable',
  value,
  variable,
  variableType: scope,
});

/** What all buttons have in common. */
export const look = (text: string, color: string, scope: 'loop' | 'global', when: readonly Condition[]): Props => ({
  text: dynamic(text),
  status: select('normal'),
  color: select('gray', color, scope),
  enableIcon: false,
  enableClickEvent: true,
  disabledWhileForward: false,
  visible: visible(...when),
});

/** A request at once; `item` is the list the button is repeated for. */
export const request = (item: string): Props => ({
  actionType: 'request',
  actionId: dynamic('${loop.id}'),
  params: parameters(`${item}[0].act`),
  successToast: dynamic('${toast}'),
  failureToast: dynamic(''),
});

/** A question first. A sheet, because exports show one asking; none shows a dialog in use. */
export const ask = (item: string): Props => ({
  actionType: 'actionSheet',
  actionSheetTitle: dynamic('${loop.ct}'),
  actionSheetMessage: dynamic('${loop.cm}'),
  actionSheetItems: [
    {
      ...sheetItem('0', '${loop.text}'),
      actionSheetAction: 'request',
      actionSheetRequestItemActionId: dynamic('${loop.id}'),
      actionSheetRequestItemParams: parameters(`${item}[0].act`),
      actionSheetRequestItemSuccessToast: dynamic('${toast}'),
    },
    { ...sheetItem('1', '取消 Cancel'), actionSheetAction: 'none' },
  ],
});
const sheetItem = (id: string, name: string): Props => ({
  id,
  actionSheetStyle: 'default',
  actionSheetName: dynamic(name),
  actionSheetDesc: dynamic(''),
});

export const open = (item: string): Props => ({
  actionType: 'url',
  urlType: 'all',
  url: { type: 'dynamicLink', valueType: 'variable', value: '', variable: `${item}[0].url`, variableType: 'loop' },
  isDtmd: false,
});

/**
 * Submits the form it stands in: a chain of one request, with a fixed parameter `form` in whose place the client puts the values. Its
 * own properties say nothing of the request, as in the export.
 */
export const submit = (n: number): Props => ({
  actionType: 'eventChain',
  transformToEventChain: true,
  actionId: dynamic(''),
  params: [fixedParameter('', '', 1)],
  events: [
    {
      event: {
        actionType: 'request',
        actionId: dynamic(`\${submit_${n}_id}`),
        params: [...parameters(`submit_${n}_act`), fixedParameter('form', 'form_update', 5)],
      },
      callbacks: { success: {}, failure: {} },
    },
  ],
  widthMode: 'match_parent',
  marginLeft: 12,
  marginRight: 12,
  marginTop: 6,
  marginBottom: 6,
});
