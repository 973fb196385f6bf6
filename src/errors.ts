/** Every error the product throws has one of these codes; a *refusal* (someone may not, not now) is a value, never an error. */
export type ErrorCode =
  | 'config_invalid'
  | 'input_invalid'
  | 'migration_changed'
  | 'migration_missing'
  | 'key_missing'
  | 'seal_broken'
  | 'audit_broken'
  | 'stale_write'
  | 'overloaded'
  | 'platform_failed'
  | 'not_found'
  | 'bug';

/** An error with a stable code. `message` is one plain sentence that says what to do next and holds no mark, secret or ballot. */
export class TenstarError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TenstarError';
    this.code = code;
  }
}
