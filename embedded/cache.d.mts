export const temporalCliVersion: string;
export const temporalTestServerVersion: string;
export function cacheFolder(): string;
export function nodeFolder(version: string): string;
export function temporalCliPath(): string;
export function temporalTestServerFolder(): string;
export function onPath(name: string): string | undefined;
