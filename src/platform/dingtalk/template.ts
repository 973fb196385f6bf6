/**
 * Makes card-template.json, the one card template that an operator imports into DingTalk's card builder:
 * `node src/platform/dingtalk/template.ts > src/platform/dingtalk/card-template.json` (a test fails when the two differ).
 * The layout is fixed and everything in it is a variable (card-data.ts): sections of lines, table, chart and buttons, the form after
 * the sixth. Names of components and properties are those of files exported from the builder (platform/dingtalk.md §2.5).
 */
import { LINE_KINDS, TEMPLATE_VERSION, TONES, VARIABLES, type VariableType } from './card-data.ts';
import { SECTIONS, SECTIONS_BEFORE_FORM } from './limits.ts';
import {
  bound,
  type Component,
  componentsMap,
  type Condition,
  dynamic,
  fixedColor,
  parameter,
  visible,
} from './template-parts.ts';

const LINE_LOOK: Readonly<Record<(typeof LINE_KINDS)[number], { color: string; style: string; bold: boolean }>> = {
  normal: { color: 'common_level1_base_color', style: 'common_body_text_style', bold: false },
  strong: { color: 'common_level1_base_color', style: 'common_body_text_style', bold: true },
  muted: { color: 'common_level3_base_color', style: 'common_footnote_text_style', bold: false },
  good: { color: 'common_green1_color', style: 'common_body_text_style', bold: false },
  warn: { color: 'common_orange1_color', style: 'common_body_text_style', bold: false },
  bad: { color: 'common_red1_color', style: 'common_body_text_style', bold: false },
  rule: { color: 'common_line_light_color', style: 'common_body_text_style', bold: false },
};
const HEAD_COLORS: Readonly<Record<(typeof TONES)[number], string>> = {
  blue: 'common_blue1_color',
  green: 'common_green1_color',
  orange: 'common_orange1_color',
  red: 'common_red1_color',
  grey: 'common_level3_base_color',
};

export function buildTemplate(): string {
  let made = 0;
  const component = (
    componentName: string,
    title: string,
    props: Record<string, unknown>,
    children?: Component[],
  ): Component => {
    made += 1;
    return { componentName, id: `node_tenstar_${made}`, title, props, ...(children === undefined ? {} : { children }) };
  };
  const text = (content: string, look: (typeof LINE_LOOK)['normal'], when: readonly Condition[]): Component =>
    component('BaseText', '基础文本', {
      text: dynamic(content),
      color: fixedColor(look.color),
      styleType: 'standard',
      styleToken: look.style,
      bold: look.bold,
      maxLine: { type: 'dynamicNumber', valueType: 'fixed', value: 0, variable: '', variableType: 'global' },
      marginLeft: 12,
      marginRight: 12,
      marginTop: 2,
      marginBottom: 2,
      visible: visible(...when),
    });
  const loop = (variable: string, flow: boolean, children: Component[]): Component =>
    component(
      'Loop',
      '循环容器',
      {
        listData: bound(variable),
        direction: flow ? 'horizontal' : 'vertical',
        flowLayout: flow,
        childWidth: flow ? 'match_content' : 'match_parent',
        childGap: flow,
        childGapSize: 8,
        paging: false,
        visible: visible([variable, 'isNotEmpty']),
      },
      children,
    );
  const lines = (variable: string): Component =>
    loop(
      variable,
      false,
      LINE_KINDS.map((kind) => {
        const when: Condition[] = [[`${variable}[0].k`, 'equal', kind]];
        return kind === 'rule'
          ? component('Divider', '分割线', { direction: 'horizontal', color: '#1F111F2C', visible: visible(...when) })
          : text('${loop.t}', LINE_LOOK[kind], when);
      }),
    );

  /** What every click carries back; `form` makes a button submit the form. */
  const parameters = (variable: string, form: boolean) => [
    parameter('act', `${variable}[0].act`, 1),
    parameter('state', 'state', 2),
    parameter('rev', 'rev', 3),
    ...(form ? [{ type: 'fixed', variable: '', value: '', name: 'form', variableType: 'global', id: '4' }] : []),
  ];
  const button = (variable: string, event: Record<string, unknown>, when: readonly Condition[]): Component =>
    component('SingleButton', '按钮', {
      text: dynamic('${loop.text}'),
      status: { type: 'dynamicSelect', valueType: 'fixed', value: 'normal', variable: '', variableType: 'global' },
      color: {
        type: 'dynamicSelect',
        valueType: 'variable',
        value: 'gray',
        variable: `${variable}[0].color`,
        variableType: 'loop',
      },
      visible: visible(...when),
      ...event,
    });
  const buttons = (variable: string, form: boolean): Component => {
    const item = (key: string) => `${variable}[0].${key}`;
    const params = parameters(variable, form);
    const toast = { successToast: dynamic('${toast}'), failureToast: dynamic('') };
    const click = { actionType: 'request', actionId: dynamic('${loop.id}'), params, ...toast };
    const asked = {
      actionType: 'confirm',
      confirmTitle: dynamic('${loop.ct}'),
      confirmMessage: dynamic('${loop.cm}'),
      confirmOkText: dynamic('确认 OK'),
      confirmOkAction: 'request',
      confirmOkReqActionActionId: dynamic('${loop.id}'),
      confirmOkReqActionParams: params,
      confirmOkReqActionToast: dynamic('${toast}'),
      confirmCancelText: dynamic('取消 Cancel'),
      confirmCancelAction: 'none',
    };
    const open = {
      actionType: 'url',
      urlType: 'all',
      url: { type: 'dynamicLink', valueType: 'variable', value: '', variable: item('url'), variableType: 'loop' },
      isDtmd: false,
    };
    return loop(variable, true, [
      button(variable, click, [
        [item('ct'), 'isEmpty'],
        [item('url'), 'isEmpty'],
      ]),
      button(variable, asked, [[item('ct'), 'isNotEmpty']]),
      ...(form ? [] : [button(variable, open, [[item('url'), 'isNotEmpty']])]),
    ]);
  };
  const section = (n: number): Component[] => [
    lines(`lines_${n}`),
    component('Table', '表格', {
      data: bound(`table_${n}`),
      enablePagination: true,
      pageNum: 10,
      enableScroll: true,
      enableZebraColor: true,
      visible: visible([`table_${n}`, 'isNotEmpty']),
    }),
    component('Chart', '图表', {
      data: bound(`chart_${n}`),
      enableDetail: true,
      visible: visible([`chart_${n}`, 'isNotEmpty']),
    }),
    buttons(`buttons_${n}`, false),
  ];
  const sections = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => section(from + index)).flat();
  const form = component('Form', '表单', {
    id: 'form',
    formSchema: bound('form'),
    customSubmitEvent: true,
    inlineMode: false,
    status: { type: 'dynamicSelect', valueType: 'fixed', value: 'normal', variable: '', variableType: 'global' },
    visible: visible(['form', 'isNotEmpty']),
    submitSlot: { type: 'JSSlot', value: [buttons('form_buttons', true)] },
  });
  const head = TONES.map((tone) =>
    text('${title}', { color: HEAD_COLORS[tone], style: 'common_h4_bold_text_style', bold: true }, [
      ['tone', 'equal', tone],
    ]),
  );
  const card = component('Card', '', { hasCardHeader: false, summaryContent: bound('title') }, [
    ...head,
    text('${subtitle}', LINE_LOOK.muted, [['subtitle', 'isNotEmpty']]),
    text('${toast}', LINE_LOOK.warn, [['toast', 'isNotEmpty']]),
    ...sections(1, SECTIONS_BEFORE_FORM),
    form,
    ...sections(SECTIONS_BEFORE_FORM + 1, SECTIONS),
  ]);
  const editorData = {
    schemaVersion: '3.0.0',
    schema: { version: '1.0.0', componentsMap: componentsMap(card), componentsTree: [card] },
    mockData: {
      cardData: { title: 'Tenstar', tone: 'blue', template_version: `${TEMPLATE_VERSION}` },
      cardPrivateData: {},
      localData: {},
    },
    variableList: Object.entries(VARIABLES).map(([name, { type, description }]) => ({
      id: name,
      name,
      type,
      private: true,
      description: name === 'template_version' ? `${description} (${TEMPLATE_VERSION})` : description,
      editorVarType: 'variables',
      ...schemaOf(name, type),
    })),
    expList: [],
    localList: [],
    formList: [],
    hsfList: [],
    lwpList: [],
    extension: { extendType: 'NORMAL', fileTypeList: [] },
  };
  const widgetInfo =
    '<LinearLayout width="match_parent" height="match_content"><FastTextView text="请升级钉钉后查看 Please update DingTalk to see this card" width="match_parent" height="match_content"></FastTextView></LinearLayout>';
  return `${JSON.stringify({ editorData: JSON.stringify(editorData), widgetInfo, type: 'im', mode: 'card' }, null, 2)}\n`;
}

/** Items of the lists, as the builder wants them declared. */
function schemaOf(name: string, type: VariableType) {
  if (type !== 'loopArray') return {};
  const keys = name.startsWith('lines_') ? ['t', 'k'] : ['id', 'text', 'color', 'act', 'url', 'ct', 'cm'];
  return {
    schema: keys.map((key) => ({
      id: `${name}[0].${key}`,
      name: key,
      type: 'string',
      private: true,
      editorVarType: 'variables',
    })),
  };
}

if (import.meta.main) process.stdout.write(buildTemplate());
