export * from '@tenon/core/middleware';
