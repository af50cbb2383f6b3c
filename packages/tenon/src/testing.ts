export * from '@tenon/testing';
