/**
 * The template against what files exported from DingTalk's card builder look like. The facts below were read from such files and are
 * written down here by name alone, so that the generator is not its own witness:
 * - FORM: github.com/soimy/openclaw-channel-dingtalk, docs/assets/dingtalk-ask-user-card-template.json, commit 4f3c23da
 * - SHEET: the same project, docs/assets/card-template-v2.json (a button that asks before it stops a task)
 * - CHAIN, TABS, LOOP: github.com/open-dingtalk/dingtalk-card-examples, the JSON of the folders 事件链配置演示, 多 Tab 页 and
 *   循环渲染容器之交互组件的使用与服务端更新; tables and charts are in those of 卡片配合H5实现复杂业务 and AI 卡片同时更新普通变量和流式变量
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TEMPLATE_VERSION, TOAST_KINDS } from '../../../src/platform/dingtalk/card-data.ts';
import { FORM_BUTTONS } from '../../../src/platform/dingtalk/limits.ts';
import { buildTemplate } from '../../../src/platform/dingtalk/template.ts';

const EXPORTED = {
  /** Of the file itself, of `editorData`, of a node of the tree (all files). */
  file: ['editorData', 'widgetInfo', 'type', 'mode'],
  editorData: ['schemaVersion', 'schema', 'mockData', 'variableList', 'expList', 'localList', 'extension'],
  node: ['componentName', 'id', 'props', 'title', 'hidden', 'isLocked', 'condition', 'conditionGroup'],
  /** Components in use in at least one file. */
  components: ['BaseText', 'Card', 'Chart', 'Divider', 'Form', 'Loop', 'SingleButton', 'Table'],
  /** Ways a button acts in at least one file (FORM, SHEET, CHAIN, TABS). */
  acts: ['actionSheet', 'dynamicEvent', 'eventChain', 'request', 'setLocalState', 'url'],
  /** FORM: own buttons are children of the form, which says so twice; a form has no slot. */
  form: { id: 'form', customSubmitEvent: true, inlineMode: true, actionType: 'request', params: [] },
  formBinding: { type: 'variableValue', variableType: 'global', variable: 'form' },
  /** FORM: the button that submits, and the parameter in whose place the values come. */
  submit: { actionType: 'eventChain', transformToEventChain: true, enableClickEvent: true },
  submitEvent: { event: { actionType: 'request' }, callbacks: { success: {}, failure: {} } },
  submitValues: { type: 'fixed', variable: '', value: 'form_update', name: 'form', variableType: 'global' },
  /** SHEET: one entry that sends and one that does not. */
  sheet: ['actionSheetTitle', 'actionSheetMessage', 'actionSheetItems'],
  sheetItem: ['id', 'actionSheetStyle', 'actionSheetName', 'actionSheetDesc', 'actionSheetAction'],
  sheetRequest: [
    'actionSheetRequestItemActionId',
    'actionSheetRequestItemParams',
    'actionSheetRequestItemSuccessToast',
  ],
  /** LOOP, FORM: a parameter is bound to a variable, or fixed. */
  parameter: ['id', 'name', 'type', 'value', 'variable', 'variableType'],
  parameterTypes: ['fixed', 'variable'],
  /** TABS, FORM, SHEET: comparisons in conditions, each with the same seven keys. */
  comparisons: ['equal', 'isEmpty', 'isNotEmpty'],
  condition: ['op', 'type', 'value', 'valueType', 'valueVariableType', 'variable', 'variableType'],
} as const;

const nodeSchema = z.object({
  componentName: z.string(),
  id: z.string(),
  props: z.record(z.string(), z.unknown()),
  get children() {
    return z.array(nodeSchema).optional();
  },
});
type Node = z.infer<typeof nodeSchema>;

const file = JSON.parse(buildTemplate()) as Record<string, unknown>;
const editor = z
  .looseObject({ schema: z.object({ componentsTree: z.tuple([nodeSchema]), componentsMap: z.array(z.unknown()) }) })
  .parse(JSON.parse(String(file['editorData'])));
const [card] = editor.schema.componentsTree;
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const nodes = all(card);
const named = (name: string) => nodes.filter(({ componentName }) => componentName === name);
/** Every object anywhere below, by one of its keys. */
const holders = (value: unknown, key: string): Record<string, unknown>[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(key in value ? [value as Record<string, unknown>] : []),
        ...Object.values(value).flatMap((part) => holders(part, key)),
      ];
const [form] = named('Form');
const submits = form?.children ?? [];

describe('the file has the shape of an export', () => {
  it('outside and inside', () => {
    expect(Object.keys(file)).toEqual(EXPORTED.file);
    expect(Object.keys(editor)).toEqual(expect.arrayContaining([...EXPORTED.editorData]));
  });
  it('nodes have the keys of a node, and only components that exports use', () => {
    for (const node of (JSON.parse(String(file['editorData'])) as typeof editor).schema.componentsTree[0].children ??
      [])
      expect(
        Object.keys(node)
          .filter((key) => key !== 'children')
          .toSorted(),
      ).toEqual([...EXPORTED.node].toSorted());
    expect([...new Set(nodes.map(({ componentName }) => componentName))].toSorted()).toEqual(EXPORTED.components);
  });
  it('no component is hidden in a property: what stands inside another is its child', () =>
    expect(nodes.flatMap(({ props }) => holders(props, 'componentName'))).toEqual([]));
  it('no two nodes have one id', () => expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length));
  it('conditions and parameters are written as exports write them', () => {
    const conditions = holders(card, 'valueVariableType');
    expect(conditions.length).toBeGreaterThan(50);
    for (const condition of conditions) {
      expect(Object.keys(condition).toSorted()).toEqual(EXPORTED.condition);
      expect(EXPORTED.comparisons).toContain(condition['op']);
    }
    const parameters = holders(card, 'name');
    for (const parameter of parameters) {
      expect(Object.keys(parameter).toSorted()).toEqual(EXPORTED.parameter);
      expect(EXPORTED.parameterTypes).toContain(parameter['type']);
    }
  });
});

describe('the form', () => {
  it('is one, says that it has own buttons, and holds them as children', () => {
    expect(named('Form')).toHaveLength(1);
    expect(form?.props).toMatchObject({ ...EXPORTED.form, formSchema: EXPORTED.formBinding });
    expect(form?.props).not.toHaveProperty('submitSlot');
    expect(submits.map(({ componentName }) => componentName)).toEqual(Array(FORM_BUTTONS).fill('SingleButton'));
  });
  it('each button submits by a chain of one request with the fixed parameter in whose place the values come', () => {
    for (const [index, { props }] of submits.entries()) {
      expect(props).toMatchObject({ ...EXPORTED.submit, events: [EXPORTED.submitEvent] });
      const [{ event }] = props['events'] as [{ event: { actionId: unknown; params: { name: string }[] } }];
      expect(event.actionId).toMatchObject({ type: 'dynamicString', content: `\${submit_${index + 1}_id}` });
      expect(event.params.find(({ name }) => name === 'form')).toMatchObject(EXPORTED.submitValues);
    }
  });
  it('a button is there when it has a label', () =>
    expect(submits[0]?.props['visible']).toMatchObject({
      type: 'dynamicVisible',
      valueType: 'condition',
      condition: { op: 'and', conditions: [{ variable: 'submit_1_text', variableType: 'global', op: 'isNotEmpty' }] },
    }));
});

describe('buttons outside the form', () => {
  const buttons = named('SingleButton').filter((node) => !submits.includes(node));
  it('act in ways that exports show', () => {
    const acts = [...new Set(named('SingleButton').map(({ props }) => props['actionType']))];
    expect(EXPORTED.acts).toEqual(expect.arrayContaining(acts));
    // Exported buttons carry the texts of a dialog, but none opens it.
    expect(acts).not.toContain('confirm');
  });
  it('one that asks first does so by a sheet: one entry sends, the other does not', () => {
    const asking = buttons.filter(({ props }) => props['actionType'] === 'actionSheet');
    expect(asking.length).toBeGreaterThan(0);
    for (const { props } of asking) {
      expect(Object.keys(props)).toEqual(expect.arrayContaining([...EXPORTED.sheet]));
      const items = props['actionSheetItems'] as Record<string, unknown>[];
      expect(items.map((item) => item['actionSheetAction'])).toEqual(['request', 'none']);
      for (const item of items) expect(Object.keys(item)).toEqual(expect.arrayContaining([...EXPORTED.sheetItem]));
      expect(Object.keys(items[0] ?? {})).toEqual(expect.arrayContaining([...EXPORTED.sheetRequest]));
    }
  });
  it('none carries the parameter that is replaced by a form', () =>
    expect(buttons.flatMap(({ props }) => holders(props, 'name')).filter(({ name }) => name === 'form')).toEqual([]));
});

it('every request tells the version of the file, which is fixed and no data', () => {
  const requests = nodes.flatMap(({ props }) => [
    ...(props['actionType'] === 'request' && props['actionId'] !== undefined ? [props['params']] : []),
    ...holders(props, 'event').map(({ event }) => (event as { params: unknown }).params),
    ...holders(props, 'actionSheetRequestItemParams').map((item) => item['actionSheetRequestItemParams']),
  ]);
  expect(requests.length).toBeGreaterThan(FORM_BUTTONS);
  for (const params of requests)
    expect(params).toContainEqual(
      expect.objectContaining({ type: 'fixed', name: 'tv', value: `${TEMPLATE_VERSION}`, variable: '' }),
    );
});

it('what was answered to a click has a line for each kind, each of its own colour', () => {
  const lines = named('BaseText').filter(({ props }) => JSON.stringify(props['text']).includes('${toast}'));
  const shown = lines.map(({ props }) => {
    const conditions = (props['visible'] as { condition: { conditions: { variable: string; value: string }[] } })
      .condition.conditions;
    return {
      kind: conditions.find(({ variable }) => variable === 'toast_kind')?.value,
      color: (props['color'] as { value: string }).value,
    };
  });
  expect(shown.map(({ kind }) => kind)).toEqual(TOAST_KINDS);
  expect(new Set(shown.map(({ color }) => color)).size).toBe(TOAST_KINDS.length);
});
