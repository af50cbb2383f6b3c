import {
  createApp,
  Destructive,
  Hidden,
  Icon,
  Idempotent,
  McpModule,
  Meta,
  OpenWorld,
  Prompt,
  ReadOnly,
  Resource,
  Tags,
  Tool,
  type App,
  type Constructor,
} from '@tenon/core';

const apps: App[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

function appOf(handlers: Constructor): App {
  @McpModule({ name: 't', version: '1', websiteUrl: 'https://example.com/', handlers: [handlers as never] })
  class Root {}
  const app = createApp(Root);
  apps.push(app);
  return app;
}

/** What is listed of each tool, by its name. */
async function toolsOf(handlers: Constructor) {
  return Object.fromEntries((await appOf(handlers).listTools()).map((each) => [each.name, each]));
}

test('each of the annotations has its word, and two of them their opposite', async () => {
  class Tools {
    @ReadOnly() @Tool() look() {
      return 1;
    }
    @Destructive() @Idempotent() @OpenWorld() @Tool() wipe() {
      return 1;
    }
    @Destructive(false) @OpenWorld(false) @Tool() append() {
      return 1;
    }
    @Tool() silent() {
      return 1;
    }
  }
  const { look, wipe, append, silent } = await toolsOf(Tools);
  expect(look?.annotations).toEqual({ readOnlyHint: true });
  expect(wipe?.annotations).toEqual({ destructiveHint: true, idempotentHint: true, openWorldHint: true });
  expect(append?.annotations).toEqual({ destructiveHint: false, openWorldHint: false });
  expect(silent).not.toHaveProperty('annotations');
});

test('what is said of a class holds for all its components, and what is said of one of them is added or wins', async () => {
  @Tags('shop')
  @Meta({ 'example.com/team': 'sales', 'example.com/level': 1 })
  @ReadOnly()
  class Shop {
    @Tags('public') @Meta({ 'example.com/level': 2 }) @Tool({ tags: ['new'] }) find() {
      return 1;
    }
    @Tool({ annotations: { readOnlyHint: false }, meta: { 'example.com/team': 'stock' } }) order() {
      return 1;
    }
    @Resource('data://prices') prices() {
      return '';
    }
    @Prompt() greet() {
      return 'Hello';
    }
  }
  const { find, order } = await toolsOf(Shop);
  expect(find?._meta).toEqual({
    'example.com/team': 'sales',
    'example.com/level': 2,
    'tenon/tags': ['shop', 'public', 'new'],
  });
  expect(find?.annotations).toEqual({ readOnlyHint: true });
  expect(order?._meta).toMatchObject({ 'example.com/team': 'stock', 'tenon/tags': ['shop'] });
  expect(order?.annotations).toEqual({ readOnlyHint: false });

  const app = appOf(Shop);
  const others = [...(await app.listResources()), ...(await app.listPrompts())];
  expect(others.map(({ _meta }) => _meta?.['tenon/tags'])).toEqual([['shop'], ['shop']]);
});

test('what is hidden is not offered until it is enabled', async () => {
  class Tools {
    @Tool() open() {
      return 1;
    }
    @Hidden() @Tool() hidden() {
      return 2;
    }
  }
  const app = appOf(Tools);
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['open']);
  app.enable({ names: ['hidden'] });
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['open', 'hidden']);
});

test('icons stand above a method, above a class and in options, on components of every kind', async () => {
  const src = (name: string) => `https://example.com/${name}.png`;
  @Icon({ url: 'all.png' })
  class Handlers {
    @Icon({ url: '/tool.png', size: 'small' }) @Tool({ icons: [{ src: src('own'), theme: 'dark' }] }) look() {
      return 1;
    }
    @Resource('sky://{city}') sky(city: string) {
      return city;
    }
    @Resource('data://config') config() {
      return '';
    }
    @Prompt() greet() {
      return 'Hello';
    }
  }
  const app = appOf(Handlers);
  const [tool] = await app.listTools();
  expect(tool?.icons).toEqual([
    { src: src('all') },
    { src: src('tool'), sizes: ['16x16'] },
    { src: src('own'), theme: 'dark' },
  ]);
  const others = [
    ...(await app.listResourceTemplates()),
    ...(await app.listResources()),
    ...(await app.listPrompts()),
  ];
  expect(others.map(({ icons }) => icons)).toEqual(Array(3).fill([{ src: src('all') }]));
});

test('a decorator reads no file: an icon that is not there is told when the app is created', () => {
  class Handlers {
    @Icon.fromFile('/nowhere/icon.png', 'medium') @Tool() look() {
      return 1;
    }
  }
  expect(() => appOf(Handlers)).toThrow(
    expect.objectContaining({
      code: 'ERR_ICON_FILE',
      message: expect.stringMatching(
        /Handlers\.look\(\) has an icon from the file \/nowhere\/icon\.png/,
      ) as string,
    }),
  );
});
