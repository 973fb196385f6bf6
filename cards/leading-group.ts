/** The leading group of a unit: what it has registered, the reminder; and how all units stand, for the office. */
import { z } from 'zod';
import { type Block, button, buttons, facts, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { SAMES } from '../src/domain/leading-group.ts';
import { today } from '../src/domain/period.ts';
import { type UnitStatus, unitsStatus } from '../src/store/leading-groups.ts';
import { isOffice } from '../src/usecases/access.ts';
import { keepsRegister, type LeadingView, leadingView } from '../src/usecases/leading/register.ts';
import { readerOf } from './shared/actor.ts';
import { fittingRows } from './shared/fitting-rows.ts';
import { day } from './shared/when.ts';

/** Entries with a text and a way to take them out; older ones are counted. */
const MOST_MEETINGS = 4;
const MOST_EVIDENCE = 2;

export const leadingGroupCard = defineCard({
  name: 'leading_group',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<LeadingView | null> {
    const reader = await readerOf(context);
    return reader !== null && (await keepsRegister(context.read, reader))
      ? leadingView(context.read, context.use, reader.unit, context.now)
      : null;
  },
  render({ unitName, year, meetings, minimum, evidence }, { t, locale }) {
    const shown = meetings.slice(0, MOST_MEETINGS);
    const sure = { title: t('leading.remove_sure_title'), text: t('leading.remove_sure') };
    const pieces = SAMES.flatMap((same) => evidence[same].slice(0, MOST_EVIDENCE));
    const removals = [
      ...shown.map(({ id, date }, i) =>
        button(
          `remove_meeting_${i + 1}`,
          t('leading.remove', { what: `${t('leading.meeting')} ${day(date, locale)}` }),
          { a: 'leading_remove', w: 'meeting', i: id },
          'default',
          sure,
        ),
      ),
      ...pieces.map(({ id, same, reference }, i) =>
        button(
          `remove_evidence_${i + 1}`,
          t('leading.remove', { what: `${t(`leading.sames.${same}`)} ${reference}` }),
          { a: 'leading_remove', w: 'evidence', i: id },
          'default',
          sure,
        ),
      ),
    ];
    const blocks: Block[] = [
      buttons(
        button('leading_meeting', t('leading.add_meeting'), { a: 'leading_meeting_new' }, 'primary'),
        button('leading_evidence', t('leading.add_evidence'), { a: 'leading_evidence_new' }),
      ),
      { kind: 'progress', label: t('leading.met', { year }), done: Math.min(meetings.length, minimum), of: minimum },
      ...(shown.length === 0
        ? [text(t('leading.met_none'), 'muted')]
        : shown.map(({ date, topic, decided }) =>
            text(t('leading.meeting_line', { date: day(date, locale), topic, decided })),
          )),
      ...(meetings.length > MOST_MEETINGS
        ? [text(t('leading.more', { n: meetings.length - MOST_MEETINGS }), 'muted')]
        : []),
      text(t('leading.five_same'), 'strong'),
      ...SAMES.flatMap((same): Block[] => [
        facts([
          t(`leading.sames.${same}`),
          evidence[same].length === 0
            ? t('leading.evidence_none')
            : t('leading.evidence_count', { n: evidence[same].length }),
        ]),
        ...(evidence[same].length === 0
          ? []
          : [
              list(
                evidence[same]
                  .slice(0, MOST_EVIDENCE)
                  .map((one) => t('leading.evidence_line', { text: one.text, reference: one.reference })),
              ),
            ]),
      ]),
      ...(removals.length === 0 ? [] : [{ kind: 'buttons', buttons: removals, compact: true } satisfies Block]),
    ];
    return {
      title: t('leading.title'),
      subtitle: unitName,
      tone: meetings.length < minimum ? 'blue' : 'green',
      blocks,
    };
  },
});

interface ReminderView {
  year: number;
  met: number;
  minimum: number;
}
export const leadingReminderCard = defineCard({
  name: 'leading_reminder',
  audience: 'person',
  args: z.object({ unit: z.string() }),
  async view({ unit }, { use, read, now }): Promise<ReminderView> {
    const { year, meetings, minimum } = await leadingView(read, use, unit, now);
    return { year, met: meetings.length, minimum };
  },
  render: ({ year, met, minimum }, { t }) => ({
    title: t('leading.title'),
    tone: 'orange',
    blocks: [
      text(t('leading.remind', { year, met, minimum })),
      buttons(button('leading', t('leading.open'), { a: 'leading_show' }, 'primary')),
    ],
  }),
});

interface UnitsView {
  year: number;
  minimum: number;
  units: readonly UnitStatus[];
  /** Whether the reader also keeps a unit's register. */
  keeps: boolean;
}
/** For the office: numbers by unit. */
export const leadingUnitsCard = defineCard({
  name: 'leading_units',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<UnitsView | null> {
    const reader = await readerOf(context);
    if (reader === null || !isOffice(context.use, reader)) return null;
    const year = Number(today(context.now, context.use.config.timezone).slice(0, 4));
    const minimum = context.use.years.of(year).rules.leading_group_meetings_min;
    return {
      year,
      minimum,
      units: await unitsStatus(context.read, year),
      keeps: await keepsRegister(context.read, reader),
    };
  },
  render({ year, minimum, units, keeps }, { t }) {
    const rows = fittingRows(
      units.map(({ unit, name, meetings, sames }) => ({
        unit: `${unit} ${name}`,
        meetings,
        sames: `${sames} / ${SAMES.length}`,
      })),
    );
    return {
      title: t('leading.title'),
      subtitle: String(year),
      tone: 'blue',
      blocks: [
        text(
          t('leading.status', {
            units: units.length,
            below: units.filter((unit) => unit.meetings < minimum).length,
            minimum,
          }),
          'strong',
        ),
        ...(keeps ? [buttons(button('leading', t('leading.open'), { a: 'leading_show' }))] : []),
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'unit', label: t('leading.unit'), kind: 'text' },
            { key: 'meetings', label: t('leading.meetings'), kind: 'number' },
            { key: 'sames', label: t('leading.five_same'), kind: 'text' },
          ],
          rows: rows.shown,
        },
        ...(rows.left > 0 ? [text(t('leading.units_more', { n: rows.left }), 'muted')] : []),
      ],
    };
  },
});
