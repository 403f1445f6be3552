-- The start of every script: names, time, and the state of portals, hosts and sites.
-- KEYS[1] is what all names begin with, "{news}:". The others are built from it (docs/frontier.md), so they
-- live in one slot of a Redis Cluster. Times are milliseconds since the epoch, with a fraction.
local call = redis.call
local P = KEYS[1]
local TIME = call('TIME')
local now = TIME[1] * 1000 + TIME[2] / 1000

-- How fast a back-off fades: halved in so many ms.
local HALF_LIFE = 8000
-- A clock that nobody touched for two days is forgotten, and with it a robots.txt's crawl delay.
local CLOCK_TTL = 172800000
-- A clock of politeness that stands further ahead was set by a Redis whose own clock was set back since.
local HOUR = 3600000
-- A host that fails is left alone for so long the first time, twice as long every further time, up to the last.
local FIRST_PAUSE, LONGEST_PAUSE = 10000, 1800000
-- A host that was told of and came back is told of again only where it fails three times, for so long.
local TOLD_TTL = 600000
-- What was known of a host's failures is no reason any more when it has not failed for a day.
local STALE = 86400000

local function num(value, default)
  return value and tonumber(value) or default or 0
end

-- What the workers of a portal agreed on, and its run.
local known_portals = {}
local function portal(name)
  local p = known_portals[name]
  if not p then
    local v = call('HMGET', P .. 'portal:' .. name, 'gap', 'site_gap', 'slack', 'host_max', 'site_max',
                   'paused', 'run', 'limit', 'claimed', 'started', 'patience')
    p = {
      gap = num(v[1], 500), site_gap = num(v[2], 250), slack = num(v[3]),
      host_max = num(v[4], 8), site_max = num(v[5], 16),
      run = num(v[7]), limit = num(v[8]), claimed = num(v[9]), started = num(v[10]), patience = num(v[11], 60000),
    }
    -- nothing more is handed out: by hand, or because the run has stored as many articles as it was asked for
    p.closed = num(v[6]) == 1 or (p.limit > 0 and p.claimed >= p.limit)
    known_portals[name] = p
  end
  return p
end

-- What the hosts of this call are left alone for, or came back from, to be told to a person: {host, what, until, why,
-- times, since}. `what` is "alone", "back", or "clock" for a clock that stood in the future.
local host_events = {}

local function tell_of(name, what, till, why, times, since)
  host_events[#host_events + 1] = {
    name, what, string.format('%.0f', till), why, times, string.format('%.0f', since),
  }
end

-- A clock that can be believed: one that stands too far ahead is set to an hour from now. `pause` is the longest
-- that it moves on by itself.
local function believed(name, clock, pause)
  if clock <= now + HOUR + pause then
    return clock
  end
  local till = now + math.max(HOUR, pause)
  tell_of(name, 'clock', till, '', 1, clock)
  return till, true
end

-- Hosts that are left alone, beside their clocks: `till` is how long because they fail (`times` in a row since
-- `since`, the last time at `at`, for the reason `why`), `asked` how long they asked for themselves (Retry-After),
-- which is never shortened. `told`: a person knows.
local has_alone
local function is_any_left_alone()
  if has_alone == nil then
    has_alone = call('EXISTS', P .. 'alone') == 1
  end
  return has_alone
end

local function left_alone(name)
  local raw = is_any_left_alone() and call('HGET', P .. 'alone', name)
  if not raw then
    return nil
  end
  local ok, v = pcall(cjson.decode, raw)
  if not (ok and type(v) == 'table') then
    return nil
  end
  local a = {
    times = num(v.times), since = num(v.since), at = num(v.at), till = num(v.till), asked = num(v.asked),
    why = tostring(v.why), told = v.told == true,
  }
  local is_wrong
  a.till, is_wrong = believed(name, a.till, LONGEST_PAUSE)
  return a, is_wrong
end

-- A host's clock (next), what it is busy with, the reasons to go slower than the profile says, and whether it is
-- left alone.
local hosts = {}
local function host(name)
  local h = hosts[name]
  if not h then
    local v = call('HMGET', P .. 'host:' .. name, 'next', 'busy', 'delay', 'back', 'back_at', 'gap')
    h = {
      next = num(v[1]), busy = num(v[2]), delay = num(v[3]), back = num(v[4]), back_at = num(v[5]),
      gap = num(v[6], 500),
    }
    h.alone, h.alone_dirty = left_alone(name)
    h.next, h.dirty = believed(name, h.next, math.max(h.gap, h.delay))
    hosts[name] = h
  end
  return h
end

local sites = {}
local function site(name)
  local s = sites[name]
  if not s then
    local v = call('HMGET', P .. 'site:' .. name, 'next', 'busy', 'gap')
    s = { next = num(v[1]), busy = num(v[2]), gap = num(v[3]) }
    s.next, s.dirty = believed(name, s.next, s.gap)
    sites[name] = s
  end
  return s
end

-- Whether no run waits any longer for a host: it has failed, twice at least, for longer than the portal's patience.
local function is_given_up(p, h)
  return h.alone ~= nil and h.alone.times >= 2 and now - h.alone.since >= p.patience
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
    local back = h.back * 0.5 ^ (math.max(0, now - h.back_at) / HALF_LIFE)
    if back >= 50 and back > gap then
      gap, slack = back, 0
    end
  end
  return gap, slack
end

-- When a portal may ask a host next.
local function free_at(p, h, s)
  local at = h.next
  if p.site_gap > 0 and s.next > at then
    at = s.next
  end
  return h.alone and math.max(at, h.alone.till, h.alone.asked) or at
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
    s.gap, s.dirty = p.site_gap, true
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
    if h.alone_dirty then
      if h.alone then
        call('HSET', P .. 'alone', name, cjson.encode(h.alone))
      else
        call('HDEL', P .. 'alone', name)
      end
    end
  end
  for name, s in pairs(sites) do
    if s.dirty then
      call('HSET', P .. 'site:' .. name, 'next', s.next, 'busy', s.busy, 'gap', s.gap)
      call('PEXPIRE', P .. 'site:' .. name, CLOCK_TTL)
    end
  end
end

-- Leave a host that has become slow alone for `pause` ms.
local function slow_down(name, pause)
  local h = host(name)
  if pause > 0 and now + pause > h.next then
    h.next = now + pause
    h.dirty = true
  end
end

-- A host fails (`why`): it is left alone, for longer with every further time, `least` ms at least. One that said how
-- long (`asked` ms) is taken at its word. `harder`: and it is asked half as often afterwards (a quarter after the next
-- time), which fades.
local function fail_host(name, why, asked, least, harder)
  local h = host(name)
  local a = h.alone
  if not a or now - a.at > STALE then
    a = { times = 0, since = math.floor(now), till = 0, asked = 0, told = false }
  end
  -- what was under way when the pause began tells nothing new
  if a.times == 0 or now >= math.max(a.till, a.asked) then
    a.times, a.at, a.why = a.times + 1, math.floor(now), why
    if asked == 0 then
      a.till = now + math.max(least, math.min(FIRST_PAUSE * 2 ^ math.min(a.times - 1, 16), LONGEST_PAUSE))
    end
  end
  a.asked = math.max(a.asked, asked > 0 and now + asked or 0)
  local till = math.max(a.till, a.asked)
  local is_sure = not harder or a.times > 1 or till - now >= 60000
  if not a.told and is_sure and (a.times > 2 or call('EXISTS', P .. 'told:' .. name) == 0) then
    a.told = true
    tell_of(name, 'alone', till, a.why, a.times, a.since)
  end
  if harder then
    local back = h.back * 0.5 ^ (math.max(0, now - h.back_at) / HALF_LIFE)
    h.back = math.min(math.max(back * 2, h.gap * 2, 50), 60000)
    h.back_at = now
    h.next = math.max(h.next, now + h.back)
    h.dirty, h.judged = true, true
  end
  has_alone, h.alone, h.alone_dirty = true, a, true
end

-- A host that was left alone has answered: to something that was asked after its pause.
local function host_is_back(name)
  local h = host(name)
  local a = h.alone
  if a and now >= math.max(a.till, a.asked) then
    if a.told then
      tell_of(name, 'back', now, a.why, a.times, a.since)
      call('SET', P .. 'told:' .. name, 1, 'PX', TOLD_TTL)
    end
    h.alone, h.alone_dirty = nil, true
  end
end
