import type { SameKeys } from '../same.ts';
import type { doctor as zh } from '../zh/doctor.ts';

export const doctor: SameKeys<typeof zh> = {
  check: {
    node: 'Node.js',
    disk: 'disk',
    calendar: 'calendar',
    rules: 'Rules',
    outbox: 'messages on their way',
    budget: 'monthly quota',
    messages: 'sending',
    settings: 'settings',
    database: 'database',
    migrations: 'migrations',
    keys: 'keys',
    roster: 'roster',
    address: 'address',
    token: 'token',
    bot: 'bot',
    template: 'card template',
    clock: 'clock',
    chats: 'chats',
    lookup: 'look-up',
    files: 'files',
  },
  sum: 'Problems: {{fail}}. To look at: {{warn}}.',
  no_answer: 'no answer',
  console: 'the developer console',
  skipped_settings: 'The rest is looked at once the settings are right.',
  skipped_template: 'Known from the database, which cannot be read.',
  skipped_token: 'Needs a token first.',

  settings_ok: 'Complete and well formed.',
  fix_settings: 'Put it right in .env (see .env.example) and run this again.',

  database_ok: 'Can be read and written, and is whole: {{where}}',
  database_missing: 'There is no database file {{file}} yet.',
  fix_database_missing:
    'On a first installation: npx tenstar migrate, then import the roster. Otherwise: see that DATABASE_URL names the former file.',
  database_closed: 'The database cannot be used ({{code}}).',
  fix_database_file:
    'See that {{file}} and its folder can be written by the user the bot runs as, and that the disk is not full.',
  fix_database_server: 'Check DATABASE_URL, DATABASE_AUTH_TOKEN and that this machine reaches the server.',
  database_damaged: 'The file is damaged, or no database ({{code}}).',
  fix_database_damaged: 'Stop the bot and put the newest backup back: npx tenstar restore FILE.',

  rules_ok: '{{year}} is run by version {{version}}.',
  rules_none: '{{year}} has no version yet; the start of the bot makes the files version 1.',
  rules_pending: '{{year}} is run by version {{version}}; the files differ from it ({{n}}) and have not been adopted.',
  fix_rules:
    'Look with npx tenstar rules diff. For this year, run npx tenstar rules adopt --year {{year}} --reason "…" or let the office send /rules; if they are for next year only, do nothing.',

  migrations_ok: 'Those of this version.',
  migrations_pending: '{{n}} not applied yet: {{names}}',
  fix_migrations_pending: 'Run npx tenstar migrate (npm start does it too).',
  migrations_other: 'The database and this version do not belong together.',

  keys_ok: 'Only the bot can read {{dir}}; keys: {{n}}.',
  keys_none: 'The folder {{dir}} is not there yet; it is made at the start.',
  keys_closed: 'The folder {{dir}} cannot be used ({{code}}).',
  fix_keys_closed: 'Give {{dir}} to the user the bot runs as, then chmod 700 {{dir}}.',
  keys_open: 'Other users can read {{dir}} or a file in it.',
  fix_keys_open: 'Run chmod -R go= {{dir}}.',
  keys_beside: 'The keys lie in the folder of the database: whoever copies that folder has the keys with the boxes.',
  fix_keys_beside:
    'Better: stop the bot, move {{dir}} outside the folder of the database, set KEYS_DIR, start again. At least never put both into one backup.',
  keys_lost: 'Boxes without their key: {{n}} ({{names}})',
  fix_keys_lost:
    'See that KEYS_DIR (now {{dir}}) is the folder the ballots were opened with. Keys are in no backup: without them a ballot cannot be counted and must be held again.',

  roster_ok: 'Branches: {{branches}}, people: {{people}}, all with an account.',
  roster_empty: 'The roster is empty.',
  fix_roster_empty: 'Run npx tenstar import --branches FILE --people FILE.',
  roster_admins: 'ADMIN_EMPLOYEE_NOS names numbers that are not in the roster: {{names}}',
  fix_roster_admins: 'Correct ADMIN_EMPLOYEE_NOS, or add these people to the people file and import it again.',
  roster_headless: 'Branches without secretary, deputy or committee, whose review only the office can run: {{n}}.',
  fix_roster_headless: 'Put secretary into the column roles of the people file and import it again.',
  roster_unlinked: '{{n}} of {{of}} people have no account yet and get no messages.',
  fix_roster_unlinked:
    'Check their mobile numbers in the people file, and that the availability range of the app includes them (Version Management & Release). The bot looks once an hour; they can also tie themselves with /bind.',

  address_ok: 'The bot answers at {{url}}.',
  address_local: 'The platform cannot reach {{url}}: it is an address of this machine or an inner network.',
  address_v6: 'The platform does not call IPv6 addresses such as {{url}}.',
  address_plain: '{{url}} is not encrypted.',
  address_silent: '{{url}}/healthz cannot be reached from this machine ({{status}}).',
  address_path: '{{url}} does not lead to the bot (answer {{status}}, 401 was expected).',
  fix_address_public:
    'Set PUBLIC_URL to a public address. Without one: LARK_TRANSPORT=websocket, and "Receive events/callbacks through persistent connection" in both tabs of Events & Callbacks in the developer console.',
  fix_address_links: 'Links to boards and web ballots open there. Set PUBLIC_URL to an address everybody can open.',
  fix_address_plain:
    'Put https in front (nginx, Caddy) and let PUBLIC_URL begin with https://. Without https there is no web ballot: marks could be read on the way.',
  fix_address_silent:
    'If the bot is not running, npm start. If it is, check the reverse proxy, the firewall and PORT. Some networks cannot reach their own public address from inside; then try from outside.',
  fix_address_path:
    'Let the reverse proxy pass /lark/events to the bot as it is. In the developer console, Events & Callbacks, both tabs (Event configuration and Callback configuration) need this address, and the callback card.action.trigger must be added.',

  said: {
    unreachable: '{{url}} cannot be reached ({{code}}).',
    busy: 'The platform is too busy now ({{code}}).',
    credentials: 'The platform does not accept this app ({{code}}).',
    not_permitted: 'The platform does not permit it ({{code}}).',
    refused: 'The platform refused it ({{code}}).',
  },
  fix_unreachable: 'Check LARK_DOMAIN and that this machine reaches {{url}} (DNS, firewall, proxy).',
  fix_busy: 'Run this again in a minute.',
  token_ok: '{{app}} gets a token.',
  fix_token:
    'Open {{console}} → Credentials & Basic Info, copy App ID and App Secret anew into LARK_APP_ID and LARK_APP_SECRET, and see that the app is enabled.',
  bot_ok: 'Named "{{bot}}", enabled.',
  bot_off: '"{{bot}}" is not enabled in the organisation yet.',
  fix_bot:
    'Open {{console}} → Add Features → Bot, then create and publish a version under Version Management & Release.',
  fix_bot_off:
    'Open {{console}} → Version Management & Release, create a version and submit it; the administrator approves and enables it in the admin console.',
  template_ok: 'The card tapped last was drawn by our file, version {{version}}.',
  template_unseen:
    'It is there, but whether it is ours shows by a tap only, and no card made with it has been tapped yet.',
  fix_template_unseen:
    'With the bot running, npx tenstar doctor --card EMPLOYEE_NO sends that person a test card. Tap its buttons, then run this again. Any other card with a button does as well.',
  template_foreign: 'The template {{id}} is not ours: a card made with it was tapped and told nothing of Tenstar.',
  template_other: 'The template is version {{seen}} of our file; this Tenstar comes with version {{version}}.',
  card_title: 'Test card',
  card_text: 'For the set-up: tap all three buttons. The answer to each appears on this card; nothing of it is kept.',
  card_tap: 'Tap',
  card_ask: 'Tap with a question',
  card_ask_title: 'A question',
  card_ask_text: 'Choose the first entry.',
  card_word: 'Any word',
  card_submit: 'Submit',
  card_arrived: 'The tap has arrived.',
  card_word_arrived: 'The form has arrived: {{word}}',
  card_word_missing: 'The button of the form has arrived, but not the word. Was one typed?',
  card_sent: 'The test card is on its way ({{n}}). Tap its buttons, then run npx tenstar doctor.',
  clock_ok: 'Agrees with the platform.',
  clock_unknown: 'The platform’s answers carry no date, so there is nothing to compare with.',
  clock_slow: 'This machine’s clock is {{seconds}} s behind the platform’s.',
  clock_fast: 'This machine’s clock is {{seconds}} s ahead of the platform’s.',
  fix_clock: 'Switch time synchronisation on (timedatectl set-ntp true). From five minutes on, every tap is refused.',
  chats_ok: 'Chats set up: {{n}}.',
  chats_seen: 'The bot is in {{n}} chats.',
  chats_unbound: 'Chats that belong to nothing yet: {{n}} ({{names}})',
  fix_chats_unbound:
    'Choose on the set-up card in the chat, or npx tenstar bind-chat --platform {{platform}} --chat {{chat}} --branch CODE (or --group, --district, --city).',
  chats_left: 'The bot is no longer in chats that are set up: {{n}} ({{names}})',
  fix_chats_left: 'Add the bot again in the settings of these chats (Settings → Bots).',
  chats_none: 'Branches without a chat: {{n}} ({{names}}). What would go there is sent privately.',
  fix_chats_none:
    'Add the bot to the chat of the branch and say what it belongs to; leave it for branches that use none.',
  lookup_ok: 'Accounts can be found by mobile number.',
  lookup_nobody: 'The roster holds no mobile number to try with.',
  files_ok: 'Files can be uploaded.',
  dingtalk_fix_token:
    'Open {{console}} → Credentials & Basic Info, copy Client ID and Client Secret anew into DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET.',
  dingtalk_fix_card:
    'In the card builder, open-dev.dingtalk.com/fe/card, import src/platform/dingtalk/card-template.json, publish it and put the id of the template into DINGTALK_CARD_TEMPLATE_ID; and in {{console}} → Permissions ask for Card.Instance.Write.',
  dingtalk_fix_template:
    'In the card builder, open-dev.dingtalk.com/fe/card, make a new template, import src/platform/dingtalk/card-template.json, publish it, put its id into DINGTALK_CARD_TEMPLATE_ID and restart. Cards sent before keep the former template and go on working. Then tap a new card and run this again.',
  dingtalk_fix_permission: 'Open {{console}} → Permissions, ask for {{scope}}, then publish a new version.',
  budget_ok:
    '{{platform}} this month: {{used}} sent, {{received}} received; until its end about {{calls}} and {{pushes}} more.',
  budget_short:
    'The quota of {{platform}} may not do this month: {{used}} sent, {{received}} received; until its end about {{calls}} and {{pushes}} more.',
  dingtalk_fix_budget:
    'Let the organisation’s administrator buy a plan in DingTalk’s developer console, then set DINGTALK_PLAN to professional, pack or unlimited; or move the reviews of some branches to next month. All apps of the organisation share the quota; only this one is counted here.',
  dingtalk_fix_public:
    'Set PUBLIC_URL to a public https address. Without one: DINGTALK_TRANSPORT=stream, and set the robot’s way of receiving to Stream in the developer console.',
  dingtalk_fix_path:
    'Let the reverse proxy pass /dingtalk/messages and /dingtalk/cards to the bot as they are; in the developer console the robot’s address for messages is PUBLIC_URL/dingtalk/messages.',
  fix_permission:
    'Open {{console}} → Permissions & Scopes, add {{scope}}, then create and publish a version under Version Management & Release; it counts once approved.',

  node_ok: 'Node.js {{version}}.',
  node_old: 'Node.js {{version}} is too old; {{need}} or newer is needed.',
  fix_node: 'Start it as npx tenstar or npm start, which bring their own.',
  disk_ok: 'Free: {{free}} MB.',
  disk_low: 'The disk of {{folder}} has {{free}} MB left.',
  fix_disk: 'Make room; on a full disk nothing can be stored and no ballot is taken.',
  calendar_ok: 'Holidays known for {{years}}.',
  calendar_missing:
    'The holidays and make-up working days of {{year}} are not known, so deadlines count weekends only.',
  fix_calendar:
    'Write the official notice into a file and name it in HOLIDAYS_FILE (see .env.example), or update Tenstar.',
  outbox_ok: 'A bot is at work; messages due now: {{n}}.',
  outbox_old: '{{n}} messages are due and do not leave; the oldest has waited {{minutes}} minutes.',
  fix_outbox_old: 'See that the bot runs (npm start) and what its log says.',
  outbox_nobody: 'No bot is at work on this database.',
  fix_outbox_nobody: 'Start it: npm start. If it was started a moment ago, run this again.',
  outbox_dead: 'Messages given up: {{n}} ({{reasons}})',
  fix_outbox_dead: 'Remove the cause, then npx tenstar outbox retry --all.',
  messages_ok: 'Messages may be sent.',
};
