// Parts of our own house that are down: Temporal stops, everything is stopped and started again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
