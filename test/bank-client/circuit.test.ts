// When calls are let through and when they are refused, with a clock that stands still until it is moved.
import { describe, expect, it } from 'vitest';
import { type CircuitState, type CircuitVerdict, createCircuit } from '../../bank-client/circuit.ts';

const openMs = 10_000;

function setUp() {
  const time = { nowMs: 50_000 };
  const states: CircuitState[] = [];
  const clock = { nowMs: () => time.nowMs };
  const circuit = createCircuit({ failures: 3, openMs }, clock, (state) => states.push(state));
  const heldBackMs = (isUrgent = false) => circuit.heldBackMs(isUrgent);
  const enter = (isUrgent = false) => {
    expect(heldBackMs(isUrgent)).toBe(0);
    return circuit.enter();
  };
  const call = (verdict: CircuitVerdict, isUrgent = false) => enter(isUrgent).leave(verdict);
  const bringDown = () => {
    for (let outage = 0; outage < 3; outage++) call('outage');
  };
  return { time, states, heldBackMs, enter, call, bringDown };
}

describe('a circuit', () => {
  it('opens after outages in a row only', () => {
    const { call, states, heldBackMs } = setUp();
    for (const verdict of ['outage', 'outage', 'alive', 'outage', 'nothing', 'outage'] as const)
      call(verdict);
    expect(heldBackMs()).toBe(0);
    call('outage');
    expect(heldBackMs()).toBe(openMs);
    expect(states).toEqual(['open']);
  });

  it('says how long is left', () => {
    const { time, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += 9_999;
    expect(heldBackMs()).toBe(1);
    time.nowMs += 1;
    expect(heldBackMs()).toBe(0);
  });

  it('opens again when the one call finds the bank down', () => {
    const { time, call, bringDown, states, heldBackMs } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('outage');
    expect(heldBackMs()).toBe(openMs);
    expect(states).toEqual(['open', 'half-open', 'open']);
  });

  it('lets another one find out when the first found nothing', () => {
    const { time, enter, call, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('nothing');
    const probe = enter();
    expect(heldBackMs()).toBe(1_000);
    probe.leave('alive');
    expect(heldBackMs()).toBe(0);
  });

  it('takes no notice of what was on its way when it opened', () => {
    const { enter, bringDown, heldBackMs } = setUp();
    const [early, later] = [enter(), enter()];
    bringDown();
    early.leave('alive');
    later.leave('outage');
    expect(heldBackMs()).toBe(openMs);
  });

  it('needs as many outages as before once it has closed', () => {
    const { time, call, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('alive');
    call('outage');
    call('outage');
    expect(heldBackMs()).toBe(0);
  });

  it('holds nobody up for a clock that was set back', () => {
    const { time, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs -= 3_600_000;
    expect(heldBackMs()).toBe(0);
  });
});

describe('a call that money hangs on', () => {
  it('is held back while the circuit is open, too', () => {
    const { time, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += 4_000;
    expect(heldBackMs(true)).toBe(6_000);
  });

  it('is held back for one open time at most, whoever else finds out, and whatever', () => {
    const { time, enter, call, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += openMs;
    const probe = enter();
    expect([heldBackMs(true), heldBackMs(false)]).toEqual([0, 1_000]);
    probe.leave('outage');
    expect([heldBackMs(true), heldBackMs(false)]).toEqual([0, openMs]);
    for (let round = 0; round < 10; round++) {
      time.nowMs += openMs;
      call('outage');
      expect(heldBackMs(true)).toBe(0);
    }
  });

  it('closes the circuit when it is answered, and keeps it open no longer when it is not', () => {
    const { time, call, bringDown, heldBackMs } = setUp();
    bringDown();
    time.nowMs += openMs;
    call('outage');
    time.nowMs += 5_000;
    call('outage', true);
    expect(heldBackMs()).toBe(5_000);
    call('alive', true);
    expect(heldBackMs()).toBe(0);
  });
});
