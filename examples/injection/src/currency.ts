import { token } from 'tenon';

/** The currency of the shop's own prices; a token, as a string has no class to be asked for by. */
export const CURRENCY = token<string>('currency');
