-- How a portal stands. ARGV: portal, horizon (ms). Answers {field, value, …}, and of each host that is left alone
-- {host, until, why, times, since, how much of the portal waits for it, whether it only asked for that}.
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
  if h.alone then
    return (is_given_up(p, h) or h.busy > 0) and 0 or 1 -- one tries it for all
  end
  left[site_name] = left[site_name] or turns(math.max(since, s.next), p.site_gap)
  local count = math.min(n, turns(math.max(since, h.next), (pause_of(p, h))), left[site_name])
  left[site_name] = left[site_name] - count
  return count
end

local alone, order = {}, {}
local function waits(slot, n)
  local host_name = split(slot or '')
  local a = host_name and host(host_name).alone
  if not a or n == 0 then
    return
  end
  if not alone[host_name] then
    order[#order + 1] = host_name
    alone[host_name] = {
      host_name, string.format('%.0f', math.max(a.till, a.asked)), a.why, a.times, string.format('%.0f', a.since), 0,
      a.times == 1 and a.asked >= a.till and 1 or 0,
    }
  end
  alone[host_name][6] = alone[host_name][6] + n
end

local due = call('ZRANGE', P .. 'due:' .. name, 0, -1, 'WITHSCORES')
for i = 1, #due, 2 do
  local slot = due[i]
  local n = call('ZCARD', P .. 'ready:' .. name .. ':' .. slot)
  ready = ready + n
  hosts_ready = hosts_ready + (n > 0 and 1 or 0)
  waits(slot, n)
  unserved = unserved + (p.closed and 0 or late(slot, tonumber(due[i + 1]), n))
end
local expired = call('ZCOUNT', P .. 'leases:' .. name, '-inf', now)
if not p.closed then
  unserved = unserved + expired + call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now)
end
for _, entry in ipairs(is_any_left_alone() and call('ZRANGE', P .. 'delayed:' .. name, 0, 999) or {}) do
  waits((Q.load(entry)), 1)
end
local left_alone_hosts = {}
for i, host_name in ipairs(order) do
  left_alone_hosts[i] = alone[host_name]
end
local delayed = call('ZCARD', P .. 'delayed:' .. name)
local soon = call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now + horizon)
local next_due = math.huge
for _, key in ipairs({ 'due:', 'delayed:' }) do
  next_due = math.min(next_due, num(call('ZRANGE', P .. key .. name, 0, 0, 'WITHSCORES')[2], math.huge))
end
local fields = {
  'ready', ready,
  'hosts', hosts_ready,
  'leased', call('ZCARD', P .. 'leases:' .. name),
  'expired', expired,
  'unserved', unserved,
  'delayed', soon,
  'later', delayed - soon + 0,
  'later_hosts', call('ZCOUNT', P .. 'due:' .. name, '(' .. string.format('%.0f', now + horizon), '+inf'),
  'failing', #order,
  'doubtful', G.count(name),
  'doubtful_full', num(call('HGET', P .. 'counters', 'doubtful_full:' .. name)),
  'next_due', next_due < math.huge and string.format('%.0f', next_due) or 0,
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
return { fields, left_alone_hosts }
