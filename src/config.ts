/** Settings: read once from the environment, checked once, all problems named at once (design.md section 2). */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BoardTemplate, defaultBoardTemplate, parseBoardTemplate } from './domain/board-template.ts';
import { type Catalogue, defaultCatalogue, parseCatalogue, unknownBarredStars } from './domain/catalogue.ts';
import { defaultProjects, parseProjects, type Project, unknownProjectStars } from './domain/projects.ts';
import { defaultRules, type Rules } from './domain/rules.ts';
import { parseRulesFile } from './domain/rules-file.ts';
import { type CalendarDay, type HolidayNotice, parseNotice } from './domain/work-calendar.ts';
import { LOCALES } from './i18n.ts';

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <S extends z.ZodType>(schema: S) => z.preprocess(blankIsAbsent, schema);
const url = (protocols: RegExp, what: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), what);

const LARK_DOMAINS: Readonly<Record<string, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
};

/** What an organisation may pay DingTalk for. */
const DINGTALK_PLANS = ['free', 'professional', 'pack', 'unlimited'] as const;

const envSchema = z.object({
  PORT: setting(
    z.coerce.number({ error: 'must be a port number from 0 to 65535' }).int().min(0).max(65_535).default(3000),
  ),
  PUBLIC_URL: setting(url(/^https?:$/, 'must be an address that starts with https:// (or http://)').optional()),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^(file:|libsql:\/\/|https?:\/\/)/, 'must start with file:, libsql://, https:// or http://')
      .default('file:data/tenstar.db'),
  ),
  DATABASE_AUTH_TOKEN: setting(z.string().optional()),
  KEYS_DIR: setting(z.string().default('data/keys')),
  TIMEZONE: setting(
    z.string().refine(isTimeZone, 'must be a time zone name such as Asia/Shanghai').default('Asia/Shanghai'),
  ),
  DEFAULT_LOCALE: setting(z.enum(LOCALES, { error: `must be one of ${LOCALES.join(', ')}` }).default('zh-CN')),
  RULES_FILE: setting(z.string().optional()),
  CATALOGUE_FILE: setting(z.string().optional()),
  PROJECTS_FILE: setting(z.string().optional()),
  BOARD_TEMPLATE_FILE: setting(z.string().optional()),
  HOLIDAYS_FILE: setting(z.string().optional()),
  LOG_LEVEL: setting(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
  ),
  ADMIN_EMPLOYEE_NOS: setting(z.string().default('')),
  LARK_APP_ID: setting(
    z
      .string()
      .regex(/^cli_[0-9a-zA-Z_-]{1,64}$/, 'must be the App ID from the developer console, which starts with cli_')
      .optional(),
  ),
  LARK_APP_SECRET: setting(z.string().optional()),
  LARK_ENCRYPT_KEY: setting(z.string().optional()),
  LARK_VERIFICATION_TOKEN: setting(z.string().optional()),
  LARK_DOMAIN: setting(
    z
      .string()
      .refine(
        (text) => text in LARK_DOMAINS || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
        'must be feishu, lark or a base address such as http://127.0.0.1:4010',
      )
      .default('feishu'),
  ),
  LARK_TRANSPORT: setting(
    z.enum(['webhook', 'websocket'], { error: 'must be webhook or websocket' }).default('webhook'),
  ),
  DINGTALK_CLIENT_ID: setting(
    z
      .string()
      .regex(
        /^[0-9a-zA-Z_-]{4,64}$/,
        'must be the Client ID from the developer console, Credentials and basic information',
      )
      .optional(),
  ),
  DINGTALK_CLIENT_SECRET: setting(z.string().optional()),
  DINGTALK_ROBOT_CODE: setting(z.string().optional()),
  DINGTALK_CARD_TEMPLATE_ID: setting(
    z
      .string()
      .regex(/^[\w-]{1,80}\.schema$/, 'must be the id of the published card template, which ends with .schema')
      .optional(),
  ),
  DINGTALK_API_BASE: setting(
    url(/^https?:$/, 'must be an address such as https://api.dingtalk.com').default('https://api.dingtalk.com'),
  ),
  DINGTALK_OAPI_BASE: setting(
    url(/^https?:$/, 'must be an address such as https://oapi.dingtalk.com').default('https://oapi.dingtalk.com'),
  ),
  DINGTALK_TRANSPORT: setting(z.enum(['webhook', 'stream'], { error: 'must be webhook or stream' }).default('webhook')),
  DINGTALK_PLAN: setting(
    z.enum(DINGTALK_PLANS, { error: `must be one of ${DINGTALK_PLANS.join(', ')}` }).default('free'),
  ),
});
type Env = z.infer<typeof envSchema>;

/** Names of all settings, for `.env.example` and its test. */
export const SETTING_NAMES = Object.keys(envSchema.shape) as readonly (keyof Env)[];

export interface LarkSettings {
  appId: string;
  appSecret: string;
  encryptKey: string;
  verificationToken: string;
  baseUrl: string;
  transport: 'webhook' | 'websocket';
}
interface DingTalkSettings {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  /** Null: none is set, and every message is ordinary text. */
  cardTemplateId: string | null;
  /** Without trailing slashes. */
  apiBase: string;
  oapiBase: string;
  transport: 'webhook' | 'stream';
  /** Where DingTalk reaches this server, without a trailing slash. */
  publicUrl: string;
  plan: (typeof DINGTALK_PLANS)[number];
}
export interface Config {
  port: number;
  /** Without a trailing slash. */
  publicUrl: string;
  /** The address under which ballots may be filled in on the web; null where there is none that is safe (`webBallotUrlOf`). */
  webBallotUrl: string | null;
  database: { url: string; authToken: string | undefined };
  keysDir: string;
  timezone: string;
  defaultLocale: (typeof LOCALES)[number];
  logLevel: Env['LOG_LEVEL'];
  adminEmployeeNos: ReadonlySet<string>;
  /** The defaults of domain.md Appendix A with RULES_FILE laid over them. */
  rules: Rules;
  catalogue: Catalogue;
  /** Project descriptions (R48). */
  projects: readonly Project[];
  /** How printed boards look (R59). */
  boardTemplate: BoardTemplate;
  /** The office's own days off and days worked, from RULES_FILE. */
  ownDays: readonly CalendarDay[];
  /** Holiday notices newer than the packaged calendar data. */
  notices: readonly HolidayNotice[];
  lark: LarkSettings | null;
  dingtalk: DingTalkSettings | null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a settings file holds, checked by `parse`; `fallback` where none is named or it is wrong. */
function readFile<T>(
  name: 'RULES_FILE' | 'CATALOGUE_FILE' | 'PROJECTS_FILE' | 'BOARD_TEMPLATE_FILE' | 'HOLIDAYS_FILE',
  file: string | undefined,
  parse: (json: unknown) => T,
  fallback: T,
  problems: string[],
): T {
  if (file === undefined) return fallback;
  if (!existsSync(file)) {
    problems.push(`${name} names a file that is not there: ${file}`);
    return fallback;
  }
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch (error) {
    if (error instanceof SyntaxError) problems.push(`${name}: ${file} is not valid JSON (${error.message})`);
    else for (const line of error instanceof Error ? error.message.split('\n') : []) problems.push(`${name}: ${line}`);
    return fallback;
  }
}

const parseNotices = (json: unknown): HolidayNotice[] =>
  (Array.isArray(json) ? json : [json]).map((notice: unknown) => parseNotice(notice));

function larkSettings(env: Env, problems: string[]): LarkSettings | null {
  if (env.LARK_APP_ID === undefined) return null;
  const need = (name: 'LARK_APP_SECRET' | 'LARK_ENCRYPT_KEY' | 'LARK_VERIFICATION_TOKEN', where: string): string => {
    const value = env[name];
    if (value === undefined) problems.push(`${name} is missing: copy it from the developer console, ${where}`);
    return value ?? '';
  };
  const webhook = env.LARK_TRANSPORT === 'webhook';
  // The SDK's long connection refuses any other form, long after the start.
  if (!webhook && !/^cli_[0-9a-f]{16}$/.test(env.LARK_APP_ID))
    problems.push(
      'LARK_APP_ID must be cli_ and 16 digits from 0 to f for LARK_TRANSPORT=websocket: copy it from the developer console, Credentials',
    );
  return {
    appId: env.LARK_APP_ID,
    appSecret: need('LARK_APP_SECRET', 'Credentials'),
    encryptKey: webhook ? need('LARK_ENCRYPT_KEY', 'Events & Callbacks → Encryption') : (env.LARK_ENCRYPT_KEY ?? ''),
    verificationToken: webhook
      ? need('LARK_VERIFICATION_TOKEN', 'Events & Callbacks → Encryption')
      : (env.LARK_VERIFICATION_TOKEN ?? ''),
    baseUrl: (LARK_DOMAINS[env.LARK_DOMAIN] ?? env.LARK_DOMAIN).replace(/\/+$/, ''),
    transport: env.LARK_TRANSPORT,
  };
}

function dingtalkSettings(env: Env, publicUrl: string, problems: string[]): DingTalkSettings | null {
  if (env.DINGTALK_CLIENT_ID === undefined) return null;
  if (env.DINGTALK_CLIENT_SECRET === undefined)
    problems.push(
      'DINGTALK_CLIENT_SECRET is missing: copy it from the developer console, Credentials and basic information',
    );
  // Without cards people vote on the web; without both they cannot vote at all.
  if (env.DINGTALK_CARD_TEMPLATE_ID === undefined && webBallotUrlOf(env.PUBLIC_URL) === null)
    problems.push(
      'DINGTALK_CARD_TEMPLATE_ID is missing: import src/platform/dingtalk/card-template.json in the card builder, publish it and copy its id (README, "Set-up on DingTalk"); or set PUBLIC_URL to an https:// address, so that people can vote on the web instead',
    );
  // Clicks come to an address that we register, so DingTalk must be able to reach it.
  if (env.DINGTALK_TRANSPORT === 'webhook' && env.PUBLIC_URL === undefined)
    problems.push(
      'PUBLIC_URL is missing: DingTalk delivers messages and clicks to it; or set DINGTALK_TRANSPORT=stream',
    );
  const bare = (address: string) => address.replace(/\/+$/, '');
  return {
    clientId: env.DINGTALK_CLIENT_ID,
    clientSecret: env.DINGTALK_CLIENT_SECRET ?? '',
    robotCode: env.DINGTALK_ROBOT_CODE ?? env.DINGTALK_CLIENT_ID,
    cardTemplateId: env.DINGTALK_CARD_TEMPLATE_ID ?? null,
    apiBase: bare(env.DINGTALK_API_BASE),
    oapiBase: bare(env.DINGTALK_OAPI_BASE),
    transport: env.DINGTALK_TRANSPORT,
    publicUrl,
    plan: env.DINGTALK_PLAN,
  };
}

/** Marks must not be readable on the way: https, or this machine itself, as in the demo. Without PUBLIC_URL nobody else could open the page. */
function webBallotUrlOf(publicUrl: string | undefined): string | null {
  if (publicUrl === undefined) return null;
  const { protocol, hostname } = new URL(publicUrl);
  const safe = protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return safe ? publicUrl.replace(/\/+$/, '') : null;
}

/** Reads setting by setting, so that one wrong value does not hide what is wrong with the others. */
function readEnv(source: Readonly<Record<string, string | undefined>>, problems: string[]): Env {
  const sound: Record<string, string | undefined> = { ...source };
  for (const name of SETTING_NAMES) {
    const result = envSchema.shape[name].safeParse(source[name]);
    if (result.success) continue;
    problems.push(`${name} ${result.error.issues[0]?.message ?? 'is not valid'}`);
    delete sound[name];
  }
  return envSchema.parse(sound);
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: readonly string[] };

/**
 * Checks the environment.
 * @param needs `platform`: at least one chat platform must be set up (`serve`); `database`: none needed (`import`, `migrate`, …).
 * @returns the settings, or one sentence per missing or wrong setting, all of them.
 */
export function loadConfig(
  source: Readonly<Record<string, string | undefined>>,
  needs: 'platform' | 'database',
): ConfigResult {
  const problems: string[] = [];
  const env = readEnv(source, problems);
  const publicUrl = (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/+$/, '');
  const lark = larkSettings(env, problems);
  const dingtalk = dingtalkSettings(env, publicUrl, problems);
  const named = [source.LARK_APP_ID, source.DINGTALK_CLIENT_ID].some((id) => (id ?? '').trim() !== '');
  if (needs === 'platform' && !named)
    problems.push(
      'No chat platform is set up: set LARK_APP_ID, LARK_APP_SECRET, LARK_ENCRYPT_KEY and LARK_VERIFICATION_TOKEN, or DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET and DINGTALK_CARD_TEMPLATE_ID (see .env.example), or try "npm run demo"',
    );
  const { rules, ownDays } = readFile(
    'RULES_FILE',
    env.RULES_FILE,
    parseRulesFile,
    { rules: defaultRules, ownDays: [] },
    problems,
  );
  const catalogue = readFile('CATALOGUE_FILE', env.CATALOGUE_FILE, parseCatalogue, defaultCatalogue, problems);
  for (const star of unknownBarredStars(catalogue, rules))
    problems.push(`RULES_FILE: barred_stars names ${star}, which is no star of the catalogue`);
  const projects = readFile<readonly Project[]>(
    'PROJECTS_FILE',
    env.PROJECTS_FILE,
    parseProjects,
    defaultProjects,
    problems,
  );
  // With a catalogue of their own the default projects may name stars that are not in it; a file of their own must not.
  if (env.PROJECTS_FILE !== undefined)
    for (const star of unknownProjectStars(projects, catalogue))
      problems.push(`PROJECTS_FILE names the star ${star}, which is no branch star of the catalogue`);
  const boardTemplate = readFile(
    'BOARD_TEMPLATE_FILE',
    env.BOARD_TEMPLATE_FILE,
    parseBoardTemplate,
    defaultBoardTemplate,
    problems,
  );
  for (const font of boardTemplate.fonts)
    if (!existsSync(font)) problems.push(`BOARD_TEMPLATE_FILE: fonts names a file that is not there: ${font}`);
  const config: Config = {
    port: env.PORT,
    publicUrl,
    webBallotUrl: webBallotUrlOf(env.PUBLIC_URL),
    database: { url: env.DATABASE_URL, authToken: env.DATABASE_AUTH_TOKEN },
    keysDir: env.KEYS_DIR,
    timezone: env.TIMEZONE,
    defaultLocale: env.DEFAULT_LOCALE,
    logLevel: env.LOG_LEVEL,
    adminEmployeeNos: new Set(env.ADMIN_EMPLOYEE_NOS.split(/[,，;\s]+/).filter(Boolean)),
    rules,
    catalogue,
    projects,
    boardTemplate,
    ownDays,
    notices: readFile('HOLIDAYS_FILE', env.HOLIDAYS_FILE, parseNotices, [], problems),
    lark,
    dingtalk,
  };
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}
