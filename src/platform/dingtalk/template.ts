/**
 * Makes card-template.json, the one card template that an operator imports into DingTalk's card builder:
 * `node src/platform/dingtalk/template.ts > src/platform/dingtalk/card-template.json` (a test fails when the two differ).
 * The layout is fixed and everything in it is a variable (card-data.ts): sections of lines, table, chart and buttons, the form after
 * the sixth. Names of components and properties are those of files exported from the builder (platform/dingtalk.md §2.5).
 */
import { LINE_KINDS, TEMPLATE_VERSION, TOAST_KINDS, TONES, VARIABLES, type VariableType } from './card-data.ts';
import { FORM_BUTTONS, SECTIONS, SECTIONS_BEFORE_FORM } from './limits.ts';
import { ask, look, open, request, submit } from './template-buttons.ts';
import {
  bound,
  type Component,
  componentsMap,
  type Condition,
  dynamic,
  fixedColor,
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
/** A line of its colour for each kind of answer. */
const TOAST_LOOK: Readonly<Record<(typeof TOAST_KINDS)[number], keyof typeof LINE_LOOK>> = {
  success: 'good',
  info: 'normal',
  warning: 'warn',
  error: 'bad',
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
    return {
      componentName,
      id: `node_tenstar_${made}`,
      title,
      props,
      hidden: false,
      isLocked: false,
      condition: true,
      conditionGroup: '',
      ...(children === undefined ? {} : { children }),
    };
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

  const button = (props: Record<string, unknown>): Component => component('SingleButton', '单个按钮', props);
  const buttons = (variable: string): Component => {
    const item = (key: string) => `${variable}[0].${key}`;
    const inLoop = (when: readonly Condition[]) => look('${loop.text}', item('color'), 'loop', when);
    return loop(variable, true, [
      button({
        ...inLoop([
          [item('ct'), 'isEmpty'],
          [item('url'), 'isEmpty'],
        ]),
        ...request(variable),
      }),
      button({ ...inLoop([[item('ct'), 'isNotEmpty']]), ...ask(variable) }),
      button({ ...inLoop([[item('url'), 'isNotEmpty']]), ...open(variable) }),
    ]);
  };
  /** One below the other, each there when it has a label: no export shows buttons of a form repeated for a list. */
  const submitButtons = Array.from({ length: FORM_BUTTONS }, (_, index) => {
    const name = `submit_${index + 1}`;
    return button({
      ...look(`\${${name}_text}`, `${name}_color`, 'global', [[`${name}_text`, 'isNotEmpty']]),
      ...submit(index + 1),
    });
  });
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
    buttons(`buttons_${n}`),
  ];
  const sections = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => section(from + index)).flat();
  const form = component(
    'Form',
    '表单',
    {
      id: 'form',
      formSchema: bound('form'),
      customSubmitEvent: true,
      inlineMode: true,
      submitText: dynamic('提交 Submit'),
      status: { type: 'dynamicSelect', valueType: 'fixed', value: 'normal', variable: '', variableType: 'global' },
      actionType: 'request',
      params: [],
      visible: visible(['form', 'isNotEmpty']),
      successCondition: { op: 'and', conditions: [] },
      successToast: dynamic(''),
      failureToast: dynamic(''),
    },
    submitButtons,
  );
  const head = TONES.map((tone) =>
    text('${title}', { color: HEAD_COLORS[tone], style: 'common_h4_bold_text_style', bold: true }, [
      ['tone', 'equal', tone],
    ]),
  );
  const card = component('Card', '', { hasCardHeader: false, summaryContent: bound('title') }, [
    ...head,
    text('${subtitle}', LINE_LOOK.muted, [['subtitle', 'isNotEmpty']]),
    ...TOAST_KINDS.map((kind) =>
      text('${toast}', LINE_LOOK[TOAST_LOOK[kind]], [
        ['toast', 'isNotEmpty'],
        ['toast_kind', 'equal', kind],
      ]),
    ),
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
