/** The stars of the played year that are not the same for everybody: a post with an individual star (R45, A39), an item of a unit (R46). */
import type { Player } from '../playground/client/player.ts';
import type { RosterPerson } from '../domain/roster.ts';
import { DEMO_BRANCH } from './guide.ts';
import { type Cast, withRole } from './year-events.ts';

/** Two members share this post; each commits to its star. */
export const POST_STAR = 'warm_service';
const POST = { name: '综合窗口', indicators: ['来人来电当日答复', '办件时限每月公开一次'] };
const ITEM = { name: '党员先锋岗', stars: ['dedication', 'teamwork'] };
const POST_MEMBERS = 2;

/** Employee numbers of those with the post: the first plain members of the demo's branch. */
export const postMembers = (people: readonly RosterPerson[]): string[] =>
  people
    .filter(({ branch, status, roles }) => branch === DEMO_BRANCH && status === 'full' && roles.length === 0)
    .slice(0, POST_MEMBERS)
    .map(({ employeeNo }) => employeeNo);

/** The secretary sets the post up, the unit's leading group approves it and hangs an item on two stars. */
export async function setUpStars(cast: Cast, year: number): Promise<void> {
  const { city, player } = cast;
  const unitOf = new Map(city.branches.map(({ code, unitCode }) => [code, unitCode]));
  const secretary = withRole(city, 'secretary').find(({ branch }) => branch === DEMO_BRANCH);
  const leader = withRole(city, 'leading_group').find(({ branch }) => unitOf.get(branch) === unitOf.get(DEMO_BRANCH));
  const members = postMembers(city.people);
  for (const one of secretary === undefined ? [] : player(secretary.employeeNo)) await setUpPost(one, members);
  for (const one of leader === undefined ? [] : player(leader.employeeNo)) {
    await approvePost(one);
    await hangItem(one, members[0] ?? '', year);
  }
}

async function setUpPost(secretary: Player, members: readonly string[]): Promise<void> {
  const plan = await secretary.ask('/承诺 岗位', { form: 'post_group' });
  const group = (await plan.press('add_group', { name: POST.name })).card;
  let card = (await group.press('pick')).card;
  for (let form = card.view.forms[0]; form?.name === 'post_members'; form = card.view.forms[0]) {
    const isIn = ({ name }: { name: string }) => members.some((no) => name === `member_${no}`);
    const picked = Object.fromEntries(form.fields.map((field) => [field.name, isIn(field) ? 'in' : 'out']));
    card = (await card.press('save', picked)).card;
  }
  const star = (await card.press('star_add')).card;
  const indicators = Object.fromEntries(POST.indicators.map((text, i) => [`indicator_${i + 1}`, text]));
  const saved = (await star.press('save', { star: POST_STAR, ...indicators })).card;
  await (await saved.press('post_list')).card.press('submit_all');
}

async function approvePost(leader: Player): Promise<void> {
  const queue = await leader.ask('/承诺 审定', { button: 'posts_1' });
  await (await queue.press('posts_1')).card.press('approve');
}

async function hangItem(leader: Player, owner: string, year: number): Promise<void> {
  const stars = await leader.ask('/星项', { button: 'add_unit' });
  const form = (await stars.press('add_unit')).card;
  const [star_1 = '', star_2 = ''] = ITEM.stars;
  const days = { from: `${year}-01-07`, to: `${year}-12-20` };
  await form.press('submit', { name: ITEM.name, star_1, star_2, ...days, owner });
}
