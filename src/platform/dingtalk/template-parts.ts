/** Pieces of the card builder's export format (platform/dingtalk.md §2.5). */
export interface Component {
  componentName: string;
  id: string;
  title: string;
  props: Record<string, unknown>;
  hidden: boolean;
  isLocked: boolean;
  condition: boolean;
  conditionGroup: string;
  children?: Component[];
}
/** A condition on a variable; `loop` when the variable is that of an item. */
export type Condition = [variable: string, op: 'equal' | 'isEmpty' | 'isNotEmpty', value?: string];

const scope = (variable: string) => (variable.includes('[0]') ? 'loop' : 'global');
export const dynamic = (content: string) => ({ type: 'dynamicString', content, i18n: false });
export const bound = (variable: string) => ({ type: 'variableValue', variableType: scope(variable), variable });
export const fixedColor = (value: string) => ({
  type: 'dynamicColor',
  valueType: 'fixed',
  value,
  variable: '',
  variableType: 'global',
});
export const visible = (...conditions: readonly Condition[]) => ({
  type: 'dynamicVisible',
  value: true,
  valueType: conditions.length === 0 ? 'fixed' : 'condition',
  condition: {
    op: 'and',
    conditions: conditions.map(([variable, op, value = '']) => ({
      variable,
      op,
      value,
      variableType: scope(variable),
      type: 'variable',
      valueType: 'fixed',
      valueVariableType: 'global',
    })),
  },
});
export const parameter = (name: string, variable: string, id: number) => ({
  type: 'variable',
  variable,
  value: '',
  name,
  variableType: scope(variable),
  id: `${id}`,
});

export const fixedParameter = (name: string, value: string, id: number) => ({
  type: 'fixed',
  variable: '',
  value,
  name,
  variableType: 'global',
  id: `${id}`,
});

/** Every component used must be declared. */
export function componentsMap(root: Component) {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('componentName' in value && typeof value.componentName === 'string') names.add(value.componentName);
    for (const part of Object.values(value)) walk(part);
  };
  walk(root);
  return [...names].map((componentName) => ({
    package: '@ali/dxComponent',
    version: '1.0.0',
    exportName: componentName,
    main: './src/index.tsx',
    destructuring: false,
    subName: '',
    componentName,
  }));
}
