// When calls are let through and when they are refused, with a clock that stands still until it is moved.
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  type CircuitState,
  type CircuitVerdict,
  createCircuit,
} from '../../bank-client/circuit.ts';

const openMs = 10_000;

function setUp() {
  const time = { nowMs: 50_000 };
  const states: CircuitState[] = [];
  const clock = { nowMs: () => time.nowMs };
  const circuit = createCircuit({ failures: 3, openMs }, clock, (state) => states.push(state));
  const enter = (isUrgent = false) => circuit.enter(isUrgent);
  const call = (verdict: CircuitVerdict, isUrgent = false) => leave(enter(isUrgent), verdict);
  const bringDown = () => {
    for (let outage = 0; outage < 3; outage++) call('outage');
  };
  return { time, states, enter, call, bringDown };
}

function leave(admission: Admission, verdict: CircuitVerdict): void {
  if (admission.kind === 'refused') throw new Error('refused');
  admission.leave(verdict);
}

describe('a circuit', () => {
  it('opens after outages in a row only', () => {
    const { call, enter, states } = setUp();
    for (const verdict of ['outage', 'outage', 'alive', 'outage', 'nothing', 'outage'] as const)
      call(verdict);
    expect(enter().kind).toBe('admitted');
    call('outage');
    expect(enter()).toEqual({ kind: 'refused', retryAfterMs: openMs });
    expect(states).toEqual(['open']);
  });

  it('says how long is left', () => {
    const { time, enter, bringDown } = setUp();
    bringDown();
    time.nowMs += 9_999;
    expect(enter()).toEqual({ kind: 'refused', retryAfterMs: 1 });
    time.nowMs += 1;
    expect(enter().kind).toBe('admitted');
  });

  it('opens again when the one call finds the bank down', () => {
    const { time, enter, call, bringDown, states } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('outage');
    expect(enter()).toEqual({ kind: 'refused', retryAfterMs: openMs });
    expect(states).toEqual(['open', 'half-open', 'open']);
  });

  it('lets another one find out when the first found nothing', () => {
    const { time, enter, call, bringDown } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('nothing');
    const probe = enter();
    expect([probe.kind, enter().kind]).toEqual(['admitted', 'refused']);
    leave(probe, 'alive');
    expect(enter().kind).toBe('admitted');
  });

  it('takes no notice of what was on its way when it opened', () => {
    const { enter, bringDown } = setUp();
    const [early, later] = [enter(), enter()];
    bringDown();
    leave(early, 'alive');
    leave(later, 'outage');
    expect(enter()).toEqual({ kind: 'refused', retryAfterMs: openMs });
  });

  it('needs as many outages as before once it has closed', () => {
    const { time, enter, call, bringDown } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('alive');
    call('outage');
    call('outage');
    expect(enter().kind).toBe('admitted');
  });

  it('holds nobody up for a clock that was set back', () => {
    const { time, enter, bringDown } = setUp();
    bringDown();
    time.nowMs -= 3_600_000;
    expect(enter().kind).toBe('admitted');
  });
});

describe('a call that money hangs on', () => {
  it('is held back while the circuit is open, too', () => {
    const { time, enter, bringDown } = setUp();
    bringDown();
    time.nowMs += 4_000;
    expect(enter(true)).toEqual({ kind: 'refused', retryAfterMs: 6_000 });
  });

  it('is held back for one open time at most, whoever else finds out, and whatever', () => {
    const { time, enter, call, bringDown } = setUp();
    bringDown();
    time.nowMs += openMs;
    const probe = enter();
    expect([enter(true).kind, enter(false).kind]).toEqual(['admitted', 'refused']);
    leave(probe, 'outage');
    expect([enter(true).kind, enter(false).kind]).toEqual(['admitted', 'refused']);
    for (let round = 0; round < 10; round++) {
      time.nowMs += openMs;
      call('outage');
      expect(enter(true).kind).toBe('admitted');
    }
  });

  it('closes the circuit when it is answered, and keeps it open no longer when it is not', () => {
    const { time, enter, call, bringDown } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('outage');
    time.nowMs += 5_000;
    call('outage', true);
    expect(enter()).toEqual({ kind: 'refused', retryAfterMs: 5_000 });
    call('alive', true);
    expect(enter().kind).toBe('admitted');
  });
});
