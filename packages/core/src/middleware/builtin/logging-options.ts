import { FLAG, FUNCTION, isText, listOf, number, oneOf, type ShapesOf } from '../../records/option-shape.js';
import type { Params } from '../../mcp/message.js';

/** Options of Logging and StructuredLogging. */
export interface LoggingOptions {
  /** Severity of its lines; those of errors have at least `warn`. Default: `info`. */
  readonly level?: 'debug' | 'info' | 'warn';
  /** Whether lines have the parameters of the message. Default: false. */
  readonly includePayloads?: boolean;
  /** How many characters of them. Default: 1000. */
  readonly maxPayloadLength?: number;
  /** Names of fields whose values are struck out, besides those that sound like credentials. */
  readonly redact?: readonly string[];
  /** Makes the text of the parameters, in place of JSON; it strikes nothing out. */
  readonly payloadSerializer?: (params: Params) => string;
  /** Whether lines say how long the parameters are, in characters of JSON. Default: false. */
  readonly includePayloadLength?: boolean;
  /** Whether lines say about how many tokens the parameters are for a model. Default: false. */
  readonly estimatePayloadTokens?: boolean;
  /** Only messages of these methods. Default: all. */
  readonly methods?: readonly string[];
}

/** What the options of both have to be. */
export const LOGGING_SHAPES: ShapesOf<LoggingOptions> = {
  level: oneOf('debug', 'info', 'warn'),
  includePayloads: FLAG,
  maxPayloadLength: number('a whole number above 0', (value) => Number.isSafeInteger(value) && value > 0),
  redact: listOf('strings', isText),
  payloadSerializer: FUNCTION,
  includePayloadLength: FLAG,
  estimatePayloadTokens: FLAG,
  methods: listOf('strings', isText),
};
