import { userInfo } from 'node:os';
import type { Member } from '@jangbu/api';
import { type Command, Option } from 'commander';
import { EXIT, print, printJson, run, UsageError, withDatabase } from './context.ts';

interface Chosen {
  seller?: string;
  by: string;
  reason: string;
  json?: boolean;
}

const ROLES = ['seller', 'accountant', 'operator'] as const;
type Role = (typeof ROLES)[number];

/** `jangbu members show|grant|revoke`: how the first operator of a mall comes to be. */
export function addMembers(program: Command, options: { json(): Option }): void {
  const members = program.command('members').description('who may do what in the mall');

  members
    .command('show <member-id>')
    .description('a member and their roles; every member is a buyer')
    .addOption(options.json())
    .action((memberId: string, { json }: { json?: boolean }) =>
      run(async () => {
        const { readMember } = await import('@jangbu/api');
        show(await withDatabase((knex) => readMember(knex, idOf(memberId))), json);
        return EXIT.clean;
      }),
    );

  addDecision(members.command('grant <member-id> <role>'), options)
    .description(`give a role: ${ROLES.join(', ')}; the member's sessions end`)
    .option('--seller <seller-id>', 'which seller, for the role seller')
    .action((memberId: string, role: string, chosen: Chosen) =>
      run(() => change('granted', memberId, role, chosen)),
    );

  addDecision(members.command('revoke <member-id> <role>'), options)
    .description("take a role; the member's sessions end, and their tokens lose it")
    .action((memberId: string, role: string, chosen: Chosen) =>
      run(() => change('revoked', memberId, role, chosen)),
    );
}

function addDecision(command: Command, options: { json(): Option }): Command {
  return command
    .addOption(new Option('--by <who>', 'who decides, for the auditor').default(userInfo().username))
    .requiredOption('--reason <why>', 'why, for the auditor')
    .addOption(options.json());
}

async function change(
  action: 'granted' | 'revoked',
  memberId: string,
  role: string,
  { seller, by, reason, json }: Chosen,
): Promise<number> {
  const { changeRole, readMember } = await import('@jangbu/api');
  const sellerId = seller === undefined ? null : idOf(seller);
  if (action === 'granted' && (role === 'seller') !== (sellerId !== null)) {
    throw new UsageError('The role seller, and no other, says which seller: --seller 7');
  }
  const wanted = { memberId: idOf(memberId), role: roleOf(role), sellerId, action };
  const member = await withDatabase(async (knex) => {
    await changeRole({ knex, clock: () => new Date() }, wanted, { by, reason });
    return readMember(knex, wanted.memberId);
  });
  show(member, json);
  return EXIT.clean;
}

function show(member: Member, json = false): void {
  if (json) {
    printJson(member);
    return;
  }
  const roles = member.roles.map(({ role, sellerId }) => (sellerId === null ? role : `${role} ${sellerId}`));
  print(`Member ${member.memberId}, ${member.name}: ${['buyer', ...roles].join(', ')}`);
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new UsageError(`There is no role ${text}; there are ${ROLES.join(', ')}.`);
  return role;
}

function idOf(text: string): number {
  const id = Number(text);
  if (!/^\d{1,10}$/.test(text) || id < 1 || id > 4_294_967_295)
    throw new UsageError(`${text} is no number of a member or seller.`);
  return id;
}
