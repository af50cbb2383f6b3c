export * from '@tenon/http';
