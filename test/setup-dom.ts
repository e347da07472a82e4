// For every component test: jest-dom's matchers, an empty page after each test, and time for the parts of the page that are
// fetched behind the first picture: here each of them is compiled when it is asked for.
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
configure({ asyncUtilTimeout: 4000 });
