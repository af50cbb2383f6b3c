import {
  Args,
  Context,
  createApp,
  Inject,
  Injectable,
  McpModule,
  Optional,
  Principal,
  token,
  Tool,
  type Constructor,
} from '../../src/index.js';
import { IsString } from 'class-validator';

const TITLE = token<string>('TITLE');

@Injectable()
class Mailer {
  readonly sends = true;
}

async function parts(module: Constructor): Promise<unknown> {
  const app = createApp(module);
  const { content } = await app.callTool('parts');
  await app.close();
  return (content as unknown as [{ text: string }])[0].text;
}

test('an optional parameter of a constructor or a handler is undefined where nothing provides it', async () => {
  @Injectable()
  class Plain {
    constructor(@Optional() @Inject(Mailer) readonly mailer?: Mailer) {}
    @Tool() parts(@Optional() mailer: Mailer, @Optional() @Inject(TITLE) title?: string) {
      return [this.mailer, mailer, title].map((each) => typeof each).join(' ');
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Plain] })
  class Without {}
  expect(await parts(Without)).toBe('undefined undefined undefined');
  @McpModule({
    name: 't',
    version: '1',
    providers: [Mailer, { provide: TITLE, useValue: 'x' }],
    handlers: [Plain],
  })
  class With {}
  expect(await parts(With)).toBe('object object string');
});

test('what another module keeps to itself is not there', async () => {
  class Plain {
    @Tool() parts(@Optional() mailer: Mailer) {
      return typeof mailer;
    }
  }
  @McpModule({ providers: [Mailer] })
  class MailModule {}
  @McpModule({ name: 't', version: '1', imports: [MailModule], handlers: [Plain] })
  class Root {}
  expect(await parts(Root)).toBe('undefined');
});

test('a subclass keeps what its ancestor said of the constructor it inherits', async () => {
  @Injectable()
  class Base {
    constructor(@Optional() readonly mailer: Mailer) {}
    @Tool() parts() {
      return typeof this.mailer;
    }
  }
  @Injectable()
  class Inherits extends Base {}
  @McpModule({ name: 't', version: '1', handlers: [Inherits] })
  class Good {}
  expect(await parts(Good)).toBe('undefined');
});

test('before an argument it is told, with the way to make an argument optional', () => {
  class Query {
    @IsString() text!: string;
  }
  class One {
    @Tool() one(@Optional() city: string) {
      return city;
    }
  }
  class All {
    @Tool() all(@Optional() @Args() query: Query) {
      return query.text;
    }
  }
  class Fine {
    @Tool() fine(@Optional() principal: Principal, @Optional() ctx: Context) {
      return [principal, ctx];
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [One, All, Fine] })
  class Root {}
  const { errors } = (() => {
    try {
      createApp(Root);
    } catch (error) {
      return error as { errors: { code: string; message: string; fix: string }[] };
    }
  })() ?? { errors: [] };
  expect(errors.map((each) => each.code)).toEqual(['ERR_DECORATOR_MISUSE', 'ERR_DECORATOR_MISUSE']);
  expect(errors[0]?.message).toMatch('@Optional on parameter 0 of One.one()');
  expect(errors[0]?.fix).toMatch("@Arg('city', { optional: true })");
  expect(errors[1]?.fix).toMatch('@IsOptional()');
});
