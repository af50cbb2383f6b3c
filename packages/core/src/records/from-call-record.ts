import type { Context } from '../context/context.js';
import type { Exchange } from '../context/exchange.js';
import { recordKind } from '../metadata/registry.js';

/** Finds the value of a parameter in the call: in the handler's view of it, or in the exchange behind that. */
export type TakeFromCall = (context: Context, exchange: Exchange) => unknown;

/** A parameter that receives what a decorator of some other package finds in the call. */
export const FROM_CALL = recordKind<TakeFromCall>('from-call');
