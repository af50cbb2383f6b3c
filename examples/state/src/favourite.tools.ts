import { Tool, UserSession } from 'tenon';

/** State of the user: in all sessions of an authenticated caller the same. Anonymous callers are told to authenticate. */
export class FavouriteTools {
  /** Remembers a favourite. */
  @Tool()
  async like(what: string, user: UserSession) {
    const favourites = [...((await user.get<string[]>('favourites')) ?? []), what];
    await user.set('favourites', favourites);
    return favourites;
  }
}
