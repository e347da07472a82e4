// For every component test: jest-dom's matchers, an empty page after each test, and more time for lazy parts of the page, which
// tests compile on first use.
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
configure({ asyncUtilTimeout: 120_000 });
