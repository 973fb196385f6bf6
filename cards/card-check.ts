/** A card for the set-up: each way in which a button acts, and a form, so that an operator sees whether taps come back. */
import { z } from 'zod';
import { button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';

const WORD_MAX = 40;
const action = { a: 'card_check' } as const;

export const cardCheckCard = defineCard({
  name: 'card_check',
  audience: 'person',
  args: z.object({}),
  view: () => Promise.resolve({}),
  render: (_view, { t }) => ({
    title: t('doctor.card_title'),
    tone: 'blue',
    blocks: [
      text(t('doctor.card_text')),
      {
        kind: 'form',
        name: 'card_check',
        fields: [
          {
            kind: 'input',
            name: 'word',
            label: t('doctor.card_word'),
            multiline: false,
            maxLength: WORD_MAX,
            required: true,
          },
        ],
        buttons: [button('check_form', t('doctor.card_submit'), action, 'primary')],
      },
      buttons(
        button('check_tap', t('doctor.card_tap'), action),
        button('check_ask', t('doctor.card_ask'), action, 'default', {
          title: t('doctor.card_ask_title'),
          text: t('doctor.card_ask_text'),
        }),
      ),
    ],
  }),
});
