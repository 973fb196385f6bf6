/** Project descriptions, read in chat: the list and one of them. */
import { z } from 'zod';
import { type Block, button, buttons, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Project } from '../src/domain/projects.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';

export const guideListCard = defineCard({
  name: 'guide_list',
  audience: 'any',
  args: z.object({}),
  view: (_args, { use, now }) => Promise.resolve(schemeNow(use, now).projects),
  render: (projects: readonly Project[], { t, locale }) => ({
    title: t('guide.title'),
    tone: 'blue',
    blocks: [
      text(t('guide.intro')),
      {
        kind: 'buttons',
        compact: true,
        buttons: projects.map((project, i) =>
          button(`guide_${project.key}`, `${i + 1}. ${project[locale === 'en' ? 'en' : 'zh']}`, {
            a: 'guide_show',
            k: project.key,
          }),
        ),
      },
    ],
  }),
});

interface View {
  project: Project;
  stars: readonly { zh: string; en: string }[];
}
export const guideCard = defineCard({
  name: 'guide',
  audience: 'any',
  args: z.object({ key: z.string() }),
  view({ key }, { use, now }): Promise<View | null> {
    const { projects, catalogue } = schemeNow(use, now);
    const project = projects.find((one) => one.key === key);
    const stars = catalogue.branch.filter((star) => project?.stars.includes(star.key));
    return Promise.resolve(project === undefined ? null : { project, stars });
  },
  render({ project, stars }, { t, locale }) {
    const language = locale === 'en' ? 'en' : 'zh';
    const fact = (label: string, value: string): Block => text(`${label}${language === 'en' ? ': ' : '：'}${value}`);
    return {
      title: project[language],
      tone: 'blue',
      blocks: [
        text(project.purpose[language], 'strong'),
        fact(t('guide.who'), project.who[language]),
        fact(t('guide.when'), project.when[language]),
        text(t('guide.steps'), 'strong'),
        list(project.steps.map((step) => step[language])),
        fact(t('guide.keep'), project.keep[language]),
        ...(stars.length === 0
          ? []
          : [fact(t('guide.stars'), stars.map((star) => star[language]).join(language === 'en' ? ', ' : '、'))]),
        buttons(button('guide_list', t('guide.all'), { a: 'guide_list' })),
      ],
    };
  },
});
