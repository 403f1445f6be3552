-- One of the run's `limit` articles. ARGV: portal, id. Answers 1 where it may be stored; the same id gets
-- the same answer.
local key, claims = P .. 'portal:' .. ARGV[1], P .. 'claims:' .. ARGV[1]
local limit = num(call('HGET', key, 'limit'))
if limit == 0 or call('SISMEMBER', claims, ARGV[2]) == 1 then
  return 1
end
local count = call('SCARD', claims)
if count >= limit then
  return 0
end
call('SADD', claims, ARGV[2])
call('HSET', key, 'claimed', count + 1)
return 1
