/** Keeps out of the output what the contract of a bus makes its listeners throw; every other warning is shown. */
export function hushCarelessListeners(): void {
  const { emitWarning } = process;
  beforeEach(() => {
    jest.spyOn(process, 'emitWarning').mockImplementation((warning: string | Error, ...more: unknown[]) => {
      if (!String(warning).endsWith('failed: Error: careless')) emitWarning(warning, ...(more as []));
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
}
