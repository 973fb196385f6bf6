import { defineCommand } from '../src/command.ts';

/** Project descriptions: the list, or one by number or by a part of its name. */
export const guideCommand = defineCommand({
  name: 'guide',
  zh: ['模板'],
  group: 'member',
  usage: '[n]',
  groupAnswer: 'here',
  async run({ args, use }) {
    const typed = args.filter((word) => word !== '模板').join('').toLowerCase();
    const { projects } = use.config;
    const found = /^\d+$/.test(typed)
      ? projects[Number(typed) - 1]
      : typed === ''
        ? undefined
        : projects.find((project) => project.zh.includes(typed) || project.en.toLowerCase().replace(/\s/g, '').includes(typed));
    return found === undefined ? { card: 'guide_list', args: {} } : { card: 'guide', args: { key: found.key } };
  },
});
