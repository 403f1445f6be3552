-- How a portal stands. ARGV: portal, horizon (ms). Answers field, value, …
-- "unserved" is what could have been leased by now and was not: of a host that may be asked again since a while,
-- as many as its pauses fit into that while (hosts of a site together no more than the site's pauses allow), all of
-- a host without pauses, and what a lost worker held. It is what more workers would take up at once.
local name, horizon = ARGV[1], tonumber(ARGV[2])
local ready, hosts_ready, unserved = 0, 0, 0
local p = portal(name)

-- how many turns have gone by since `at`, the one at that moment included
local function turns(at, gap)
  return gap > 0 and math.floor((now - at) / gap) + 1 or math.huge
end

local left = {} -- turns of a site that are not counted yet
local function late(slot, since, n)
  local host_name, site_name = split(slot)
  local h, s = host(host_name or ''), site(site_name or '')
  if not host_name or since > now or free_at(p, h, s) > now or (p.gap > 0 and p.host_max > 0 and h.busy >= p.host_max)
    or (p.site_gap > 0 and p.site_max > 0 and s.busy >= p.site_max) then
    return 0
  end
  left[site_name] = left[site_name] or turns(math.max(since, s.next), p.site_gap)
  local count = math.min(n, turns(math.max(since, h.next), (pause_of(p, h))), left[site_name])
  left[site_name] = left[site_name] - count
  return count
end

local due = call('ZRANGE', P .. 'due:' .. name, 0, -1, 'WITHSCORES')
for i = 1, #due, 2 do
  local slot = due[i]
  local n = call('ZCARD', P .. 'ready:' .. name .. ':' .. slot)
  ready = ready + n
  hosts_ready = hosts_ready + (n > 0 and 1 or 0)
  unserved = unserved + (p.closed and 0 or late(slot, tonumber(due[i + 1]), n))
end
local expired = call('ZCOUNT', P .. 'leases:' .. name, '-inf', now)
if not p.closed then
  unserved = unserved + expired + call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now)
end
local delayed = call('ZCARD', P .. 'delayed:' .. name)
local soon = call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now + horizon)
return {
  'ready', ready,
  'hosts', hosts_ready,
  'leased', call('ZCARD', P .. 'leases:' .. name),
  'expired', expired,
  'unserved', unserved,
  'delayed', soon,
  'later', delayed - soon + 0,
  'later_hosts', call('ZCOUNT', P .. 'due:' .. name, '(' .. string.format('%.0f', now + horizon), '+inf'),
  'dead', call('HLEN', P .. 'dead:' .. name),
  'undecodable', call('HLEN', P .. 'undecodable:' .. name),
  'seen', M.count(M.open('seen:' .. name)),
  'parked', call('HLEN', P .. 'parked:' .. name),
  'parked_full', num(call('HGET', P .. 'counters', 'parked_full:' .. name)),
  'run', p.run,
  'limit', p.limit,
  'claimed', p.claimed,
  'paused', num(call('HGET', P .. 'portal:' .. name, 'paused')),
  'drained', Q.drained(name, horizon) and 1 or 0,
}
