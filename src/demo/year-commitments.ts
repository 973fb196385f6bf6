/** January of the played year: everybody writes commitments, and whoever examines them approves them. */
import { defaultCatalogue } from '../domain/catalogue.ts';
import type { Player } from '../playground/client/player.ts';
import { type Cast, withRole } from './year-events.ts';
import { POST_STAR, postMembers } from './year-stars.ts';

const MEMBER_ITEMS = 3;
const BRANCH_ITEMS = 5;

export async function writeCommitments({ city, player }: Cast, year: number): Promise<void> {
  const write = async (writer: Player, command: string, stars: readonly string[]) => {
    let card = await writer.ask(command, { form: 'commitment' });
    for (const [i, star] of stars.entries()) {
      const due = `${year}-${String(Math.min(12, 4 + 3 * i)).padStart(2, '0')}-20`;
      card = (
        await card.press('add_item', {
          star,
          text: `第${i + 1}项：按计划完成本岗位重点工作`,
          result: '按期完成，有记录',
          due,
        })
      ).card;
    }
    await card.press('submit_all');
  };
  const memberStars = defaultCatalogue.member.map((star) => star.key);
  const withPost = new Set(postMembers(city.people));
  for (const [n, { employeeNo }] of city.people.filter((person) => person.status !== 'colleague').entries()) {
    const stars = Array.from({ length: MEMBER_ITEMS }, (_, i) => memberStars[(n + 3 * i) % memberStars.length] ?? '');
    const own = withPost.has(employeeNo)
      ? [POST_STAR, ...stars.filter((star) => star !== POST_STAR)].slice(0, MEMBER_ITEMS)
      : stars;
    for (const member of player(employeeNo)) await write(member, '/承诺', own);
  }
  const branchStars = defaultCatalogue.branch.slice(0, BRANCH_ITEMS).map((star) => star.key);
  for (const { employeeNo } of withRole(city, 'secretary'))
    for (const secretary of player(employeeNo)) await write(secretary, '/承诺 支部', branchStars);
}

/** Whoever examines: each opens the queue and approves until it is empty. */
export async function approveCommitments(everybody: readonly Player[]): Promise<void> {
  for (const approver of everybody) {
    for (let open = await approver.findCard({ button: 'review_1' }); open !== null; ) {
      const sheet = await open.press('review_1');
      if (!sheet.card.has('approve')) break;
      const next = await sheet.card.press('approve');
      open = next.card.has('review_1') ? next.card : null;
    }
  }
}
