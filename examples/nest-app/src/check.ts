import { checkWebShop } from '@tenon-examples/checking';

await checkWebShop({
  web: new URL('./main.js', import.meta.url),
  alone: new URL('./stdio.js', import.meta.url),
});
