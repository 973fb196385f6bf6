import { describe, expect, it } from 'vitest';
import { aButton, aCard, setStage } from '../support/feishu-calls.ts';
import { holdReview } from '../support/review-bot.ts';

describe('the others', () => {
  it('sign in, write their self-reviews and cast ballots of every page; the one at the page is left alone', async () => {
    await using stage = await setStage({ speed: 10_000 });
    const { anna, ben, chen } = stage.ids;
    const bot = holdReview(stage, []);
    await bot.sendSelfReviews('R1', [anna, ben]);
    await bot.sendBallots('R1', [anna, ben, chen]);
    await stage.send(
      stage.team,
      aCard(aButton('sign_in', { behaviors: [{ type: 'callback', value: { a: 'sign_in', r: 'R1' } }] })),
    );
    expect(await stage.client.waiting(anna)).toEqual([
      { review: 'R1', people: 2, work: { sign_in: 1, ballot: 2, self_review: 1 } },
    ]);
    const result = await stage.client.autoplay({ except: [anna], until: 'idle' });
    expect(result).toMatchObject({
      people: 2,
      cards: 4,
      work: { ballot: 2, self_review: 1, sign_in: 1 },
      clicks: { ballot_next: 4, ballot_review: 2, ballot_cast: 2, submit: 1, sign_in: 1 },
      problems: {},
      yours: ['ballot', 'self_review', 'sign_in'],
    });
    expect([...bot.signedIn]).toEqual([ben]);
    expect([...bot.casts.keys()].toSorted()).toEqual([`${ben} R1`, `${chen} R1`].toSorted());
    for (const pages of bot.casts.values()) {
      expect(pages).toHaveLength(3);
      for (const page of pages)
        expect(page).toEqual({
          integrity: expect.stringMatching(/^(\d|10|x)$/),
          teamwork: expect.stringMatching(/^(\d|10|x)$/),
        });
    }
    expect(bot.selfReviews.get(ben)).toMatchObject({ achievements: expect.stringMatching(/^.{1,20}$/) });
    expect(await stage.client.waiting(anna)).toEqual([]);
    expect((await stage.client.autoplay({ except: [anna], until: 'idle' })).cards).toBe(0); // nobody answers twice
  });

  it('answer one review only when it is named, and every review of theirs otherwise', async () => {
    await using stage = await setStage({ speed: 10_000 });
    const { ben } = stage.ids;
    const bot = holdReview(stage, []);
    await bot.sendBallots('R1', [ben]);
    await bot.sendBallots('R2', [ben]);
    await bot.sendBallots('R1', [ben]); // asked again: the newest is as good as the first
    await stage.client.autoplay({ review: 'R2', until: 'idle' });
    expect([...bot.casts.keys()]).toEqual([`${ben} R2`]);
    await stage.client.autoplay({ until: 'idle' });
    expect([...bot.casts.keys()]).toEqual([`${ben} R2`, `${ben} R1`]);
  });

  it('stop at a card that is answered with a warning, and say so', async () => {
    await using stage = await setStage({ speed: 10_000 });
    const { ben } = stage.ids;
    const bot = holdReview(stage, []);
    bot.casts.set(`${ben} R1`, []);
    await bot.sendBallots('R1', [ben]);
    expect(await stage.client.autoplay({ only: [ben], until: 'idle' })).toMatchObject({
      cards: 0,
      problems: { warning_toast: 1 },
    });
  });
});

describe('the chair', () => {
  it('goes from the first step to the published result, while the others do their part', async () => {
    await using stage = await setStage({ speed: 10_000 });
    const { anna, ben, chen } = stage.ids;
    const bot = holdReview(stage, [anna, ben, chen]);
    const result = await stage.client.autoplay({ chair: anna, steps: 20 });
    expect(result.steps).toEqual([
      'start_meeting',
      'agenda_next',
      'start_ballot',
      'close_ballot',
      'confirm_results',
      'publish_results',
    ]);
    expect(result.problems).toEqual({});
    expect([bot.casts.size, bot.signedIn.size, bot.state]).toEqual([3, 2, 'notice']);
  });

  it('takes one step at a time, and does not close before the one at the page has voted', async () => {
    await using stage = await setStage({ speed: 10_000 });
    const { anna, ben } = stage.ids;
    const bot = holdReview(stage, [anna, ben]);
    expect((await stage.client.autoplay({ chair: anna, except: [ben], steps: 1 })).steps).toEqual(['start_meeting']);
    const rest = await stage.client.autoplay({ chair: anna, except: [ben], steps: 20 });
    expect(rest.steps).toEqual(['agenda_next', 'start_ballot']);
    expect(rest.yours).toContain('ballot');
    expect([bot.state, bot.casts.size]).toEqual(['balloting', 1]);
  });
});
