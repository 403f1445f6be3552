-- How a portal stands. ARGV: portal, horizon (ms). Answers field, value, …
local name, horizon = ARGV[1], tonumber(ARGV[2])
local ready, hosts_ready, first = 0, 0, nil
for _, slot in ipairs(call('ZRANGE', P .. 'due:' .. name, 0, -1)) do
  local n = call('ZCARD', P .. 'ready:' .. name .. ':' .. slot)
  ready = ready + n
  hosts_ready = hosts_ready + (n > 0 and 1 or 0)
end
local p = portal(name)
local delayed = call('ZCARD', P .. 'delayed:' .. name)
local soon = call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now + horizon)
return {
  'ready', ready,
  'hosts', hosts_ready,
  'leased', call('ZCARD', P .. 'leases:' .. name),
  'delayed', soon,
  'later', delayed - soon + 0,
  'later_hosts', call('ZCOUNT', P .. 'due:' .. name, '(' .. string.format('%.0f', now + horizon), '+inf'),
  'dead', call('HLEN', P .. 'dead:' .. name),
  'undecodable', call('HLEN', P .. 'undecodable:' .. name),
  'seen', M.count(M.open('seen:' .. name)),
  'run', p.run,
  'limit', p.limit,
  'claimed', p.claimed,
  'paused', num(call('HGET', P .. 'portal:' .. name, 'paused')),
  'drained', Q.drained(name, horizon) and 1 or 0,
}
