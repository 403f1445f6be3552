-- The start of every script: names, time, and the state of portals, hosts and sites.
-- KEYS[1] is the frontier's hash tag, "{news}". All other names are built from it (docs/frontier.md), so they
-- live in one slot of a Redis Cluster. Times are milliseconds since the epoch, with a fraction.
local call = redis.call
local P = KEYS[1] .. ':'
local TIME = call('TIME')
local now = TIME[1] * 1000 + TIME[2] / 1000

-- How fast a back-off fades: halved in so many ms.
local HALF_LIFE = 8000
-- A clock that nobody touched for two days is forgotten, and with it a robots.txt's crawl delay.
local CLOCK_TTL = 172800000

local function num(value, default)
  return value and tonumber(value) or default or 0
end

-- What the workers of a portal agreed on, and its run.
local known_portals = {}
local function portal(name)
  local p = known_portals[name]
  if not p then
    local v = call('HMGET', P .. 'portal:' .. name, 'gap', 'site_gap', 'slack', 'host_max', 'site_max',
                   'paused', 'run', 'limit', 'claimed', 'started')
    p = {
      gap = num(v[1], 500), site_gap = num(v[2], 250), slack = num(v[3]),
      host_max = num(v[4], 8), site_max = num(v[5], 16),
      run = num(v[7]), limit = num(v[8]), claimed = num(v[9]), started = num(v[10]),
    }
    -- nothing more is handed out: by hand, or because the run has stored as many articles as it was asked for
    p.closed = num(v[6]) == 1 or (p.limit > 0 and p.claimed >= p.limit)
    known_portals[name] = p
  end
  return p
end

-- A host's clock (next), what it is busy with, and the reasons to go slower than the profile says.
local hosts = {}
local function host(name)
  local h = hosts[name]
  if not h then
    local v = call('HMGET', P .. 'host:' .. name, 'next', 'busy', 'delay', 'back', 'back_at', 'gap')
    h = {
      next = num(v[1]), busy = num(v[2]), delay = num(v[3]), back = num(v[4]), back_at = num(v[5]),
      gap = num(v[6], 500),
    }
    hosts[name] = h
  end
  return h
end

local sites = {}
local function site(name)
  local s = sites[name]
  if not s then
    local v = call('HMGET', P .. 'site:' .. name, 'next', 'busy')
    s = { next = num(v[1]), busy = num(v[2]) }
    sites[name] = s
  end
  return s
end

-- A slot is "host/site"; neither has a slash.
local function split(slot)
  return string.match(slot, '^([^/]*)/([^/]*)$')
end

-- The pause (ms) that a portal has to keep between two requests to a host, and how much of a late start may
-- be made up for. A portal without a limit (gap 0) only heeds what a server asked for itself.
local function pause_of(p, h)
  local gap, slack = p.gap, p.slack
  if gap > 0 and h.delay > gap then
    gap, slack = h.delay, 0
  end
  if h.back > 0 then
    local back = h.back * 0.5 ^ ((now - h.back_at) / HALF_LIFE)
    if back >= 50 and back > gap then
      gap, slack = back, 0
    end
  end
  return gap, slack
end

-- When a portal may ask a host next.
local function free_at(p, h, s)
  if p.site_gap > 0 and s.next > h.next then
    return s.next
  end
  return h.next
end

-- Moves the clocks on for a request that starts at `at`. A start that is late by less than the slack does not
-- push the following ones back, so that the mean rate holds although nobody wakes up to the millisecond.
local function tick(p, h, s, at)
  local gap, slack = pause_of(p, h)
  if p.gap ~= h.gap then
    h.gap, h.dirty, h.judged = p.gap, true, true
  end
  if gap > 0 then
    h.next = math.max(h.next, at - slack) + gap
    h.dirty = true
  end
  if p.site_gap > 0 then
    s.next = math.max(s.next, at - p.slack) + p.site_gap
    s.dirty = true
  end
end

-- A request goes out to a host (1) or is over (-1).
local function busy(h, s, change)
  h.busy = math.max(0, h.busy + change)
  s.busy = math.max(0, s.busy + change)
  h.dirty = true
  s.dirty = true
end

-- Writes back what changed; the last thing that a script does with hosts and sites.
local function save_clocks()
  for name, h in pairs(hosts) do
    if h.dirty then
      local key = P .. 'host:' .. name
      call('HSET', key, 'next', h.next, 'busy', h.busy)
      if h.judged then
        call('HSET', key, 'delay', h.delay, 'back', h.back, 'back_at', h.back_at, 'gap', h.gap)
      end
      call('PEXPIRE', key, CLOCK_TTL)
    end
  end
  for name, s in pairs(sites) do
    if s.dirty then
      call('HSET', P .. 'site:' .. name, 'next', s.next, 'busy', s.busy)
      call('PEXPIRE', P .. 'site:' .. name, CLOCK_TTL)
    end
  end
end

-- Leave a host alone for `pause` ms; `harder`: and ask it half as often afterwards (a quarter after the next
-- time), which fades.
local function slow_down(name, pause, harder)
  local h = host(name)
  if pause > 0 and now + pause > h.next then
    h.next = now + pause
  end
  if harder then
    local back = h.back * 0.5 ^ ((now - h.back_at) / HALF_LIFE)
    h.back = math.min(math.max(back * 2, h.gap * 2, 50), 60000)
    h.back_at = now
    if now + h.back > h.next then
      h.next = now + h.back
    end
  end
  h.dirty = true
  h.judged = true
end
