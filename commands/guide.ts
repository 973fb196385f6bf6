import { defineCommand } from '../src/command.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';

/** Project descriptions: the list, or one by number or by a part of its name. */
export const guideCommand = defineCommand({
  name: 'guide',
  zh: ['模板'],
  group: 'member',
  usage: '[n]',
  async run({ args, use, now }) {
    const typed = args
      .filter((word) => word !== '模板')
      .join('')
      .toLowerCase();
    const { projects } = schemeNow(use, now);
    const found = /^\d+$/.test(typed)
      ? projects[Number(typed) - 1]
      : typed === ''
        ? undefined
        : projects.find(
            (project) => project.zh.includes(typed) || project.en.toLowerCase().replace(/\s/g, '').includes(typed),
          );
    const ref = found === undefined ? { card: 'guide_list', args: {} } : { card: 'guide', args: { key: found.key } };
    return { ...ref, here: true };
  },
});
