import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { findBindCode } from '../src/store/bind-code.ts';
import { findPerson } from '../src/store/roster.ts';
import { bindCode } from '../src/usecases/bind-code.ts';

interface BindCodeView {
  name: string;
  employee: string;
  code: string;
  own: boolean;
}
/** A one-time code, for whoever asked for it; worked out when it is sent. Null once it was used or has run out. */
export const bindCodeCard = defineCard({
  name: 'bind_code',
  audience: 'person',
  args: z.object({ person: z.string() }),
  async view({ person: employeeNo }, { use, read, viewer, now }): Promise<BindCodeView | null> {
    const issued = await findBindCode(read, employeeNo);
    const person = await findPerson(read, employeeNo);
    if (issued === null || person === null || issued.issuedBy !== viewer.person || issued.expiresAt <= now) return null;
    return {
      name: person.name,
      employee: employeeNo,
      code: bindCode(use, employeeNo, issued.expiresAt),
      own: employeeNo === viewer.person,
    };
  },
  render: ({ own, ...said }, { t }) => ({
    title: t('common.app'),
    summary: t('notice.title'),
    tone: 'blue',
    blocks: [text(own ? t('notice.bind_issued_own', said) : t('notice.bind_issued', said))],
  }),
});
