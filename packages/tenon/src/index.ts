export * from '@tenon/core';
