/** What each star means for a person: in a review as it was when the review was opened, in a year as it is now (A39). */
import type { Catalogue } from '../../domain/catalogue.ts';
import { groupOf, type PersonStar, type PostPlan, starsOfPerson } from '../../domain/post-plan.ts';
import type { Reader } from '../../store/db.ts';
import { postPlanInForce, postPlanOfReview } from '../../store/post-plans.ts';
import { catalogueOf } from '../versions.ts';

/** What a review was opened under never changes, so a process may keep it: every page of every ballot asks. */
const REVIEWS_IN_MEMORY = 1_000;
const frozen = new Map<string, PostPlan | null>();
export async function frozenPosts(h: Reader, review: string): Promise<PostPlan | null> {
  const known = frozen.get(review);
  if (known !== undefined) return known;
  const plan = await postPlanOfReview(h, review);
  const [oldest] = frozen.keys();
  if (frozen.size >= REVIEWS_IN_MEMORY && oldest !== undefined) frozen.delete(oldest);
  frozen.set(review, plan);
  return plan;
}

/** The ten member stars as they are for one person in a review, in the order of the catalogue. */
export async function starsInReview(
  h: Reader,
  review: { id: string; catalogue: string },
  person: string,
): Promise<PersonStar[]> {
  return starsOfPerson((await catalogueOf(h, review.catalogue)).member, await frozenPosts(h, review.id), person);
}

export interface OwnPost {
  year: number;
  /** Name of the post group. */
  name: string;
  /** Its individual stars. */
  stars: readonly PersonStar[];
}
/** The person's post and its individual stars, as approved for the year; null: all stars are common. */
export async function postOf(
  h: Reader,
  catalogue: Catalogue,
  { branch, year }: { branch: string; year: number },
  person: string,
): Promise<OwnPost | null> {
  const plan = await postPlanInForce(h, branch, year);
  const group = groupOf(plan, person);
  const stars = starsOfPerson(catalogue.member, plan, person).filter((star) => star.individual);
  return group === null || stars.length === 0 ? null : { year, name: group.name, stars };
}
