import { defineCommand } from '../src/command.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';
import { allStars } from '../src/usecases/stars/items.ts';

/** The ten stars and what hangs on them; with a star's name, or a part of it, that star. */
export const starsCommand = defineCommand({
  name: 'stars',
  zh: ['星项', '十星'],
  group: 'member',
  usage: '[star]',
  async run({ args, use, now }) {
    const typed = args.join(' ').normalize('NFKC').trim().toLowerCase();
    const found =
      typed === ''
        ? []
        : allStars(schemeNow(use, now).catalogue).filter(
            ({ zh, en }) => zh.includes(typed) || en.toLowerCase().includes(typed),
          );
    const [star] = found;
    return star === undefined || found.length > 1
      ? { card: 'stars', args: { page: 0 } }
      : { card: 'star', args: { star: star.key } };
  },
});
