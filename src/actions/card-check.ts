import { type ActionDefinition, defineAction, info, success, warning } from '../action-def.ts';

/** Says back what came, and writes nothing. */
export const cardCheckActions: readonly ActionDefinition[] = [
  defineAction('card_check', async ({ buttonName, form, t }) => {
    if (buttonName !== 'check_form') return { toast: info(t('doctor.card_arrived')) };
    const word = form['word']?.trim() ?? '';
    return {
      toast: word === '' ? warning(t('doctor.card_word_missing')) : success(t('doctor.card_word_arrived', { word })),
    };
  }),
];
