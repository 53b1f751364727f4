"""Profile-likelihood limits by brute force: mpmath at 40 digits, bisection on the effect, and inside it a golden-section
search for the likeliest control rate. Ratios over a control rate of 0 are left out (null).

python3 profile-limits.py SEED COUNT
"""
import json, random, sys
from mpmath import mp, mpf, log, sqrt, findroot
mp.dps = 40
def ll(x,n,p):
    r=mpf(0)
    if x>0: r+= x*log(p) if p>0 else mpf('-inf')
    if n-x>0: r+= (n-x)*log(1-p) if p<1 else mpf('-inf')
    return r
def golden(f,a,b):
    # maximise concave f on [a,b] by ternary on derivative-free; high precision through bisection of numeric slope
    lo,hi=a,b
    g=(sqrt(mpf(5))-1)/2
    c=hi-g*(hi-lo); d=lo+g*(hi-lo); fc=f(c); fd=f(d)
    for _ in range(220):
        if fc>fd: hi=d; d=c; fd=fc; c=hi-g*(hi-lo); fc=f(c)
        else: lo=c; c=d; fc=fd; d=lo+g*(hi-lo); fd=f(d)
        if hi-lo<mpf(10)**(-26)*(b-a): break
    return max(f((lo+hi)/2),f(a),f(b))
def dev(kind,th,x1,n1,x2,n2):
    full=ll(x1,n1,mpf(x1)/n1)+ll(x2,n2,mpf(x2)/n2)
    if kind=='d': a,b=max(mpf(0),-th),min(mpf(1),1-th); p2=lambda p:p+th
    if kind=='r': a,b=mpf(0),min(mpf(1),1/th); p2=lambda p:p*th
    if kind=='o': a,b=mpf(0),mpf(1); p2=lambda p: th*p/(1-p+th*p)
    # profile: in logit-ish is fine, but golden on p needs resolution near edges: use log-scale windows around mle
    f=lambda p: ll(x1,n1,p)+ll(x2,n2,min(max(p2(p),mpf(0)),mpf(1)))
    return 2*(full-golden(f,a,b))
def limit(kind,lower,x1,n1,x2,n2,chi2):
    p1,p2=mpf(x1)/n1,mpf(x2)/n2
    if kind=='d': est=p2-p1; end=mpf(-1) if lower else mpf(1)
    else:
        if kind=='r':
            if x1==0: return ('inf' if not lower else None)
            if x2==0 and lower: return 0
            est=p2/p1
        else:
            if lower and (x2==0 or x1==n1): return 0
            if not lower and (x1==0 or x2==n2): return 'inf'
            if x1==0 or x2==n2: est=None
            elif x2==0 or x1==n1: est=mpf(0)
            else: est=p2*(1-p1)/(p1*(1-p2))
        end=None
    if kind=='d':
        if est==end: return end
        a,b=end,est
        for _ in range(110):
            m=(a+b)/2
            if dev(kind,m,x1,n1,x2,n2)>chi2: a=m
            else: b=m
        return (a+b)/2
    # ratios: bisect on log
    import mpmath
    s=log(est) if est not in (None,0) else None
    if s is None: s = mpf(60) if lower else mpf(-60)
    a=s; step=mpf(1)
    while True:
        t=a-step if lower else a+step
        if dev(kind,mpmath.exp(t),x1,n1,x2,n2)>chi2: break
        a=t; step*=2
        if abs(t)>200: return None
    out,inn=t,a
    for _ in range(110):
        m=(out+inn)/2
        if dev(kind,mpmath.exp(m),x1,n1,x2,n2)>chi2: out=m
        else: inn=m
    return mpmath.exp((out+inn)/2)
def run(cases):
    res=[]
    for (x1,n1,x2,n2,cl) in cases:
        z2=2*mp.erfinv(mpf(cl))**2
        r={'control':{'n':n1,'conversions':x1},'treatment':{'n':n2,'conversions':x2},'confidenceLevel':cl}
        for name,k in (('difference','d'),('ratio','r'),('oddsRatio','o')):
            ends=[]
            for lower in (True,False):
                v=limit(k,lower,x1,n1,x2,n2,z2)
                if v=='inf' : ends.append('Infinity')
                elif v is None: ends.append(None)
                else: ends.append(mp.nstr(v,20))
            r[name]=ends
        res.append(r)
    return res
if __name__=='__main__':
    random.seed(int(sys.argv[1])); N=int(sys.argv[2])
    cases=[(0,50,0,80,.95),(20,20,25,25,.95),(0,8,8,8,.95),(8,8,0,8,.95),(0,20,5,30,.95),(7,20,30,30,.95),(12,12,5,9,.9),(0,1,1,1,.95),(1,1,0,1,.9),(200,10000,250,10000,.95),(3,40,9,300,.99),(1,2,299,300,.95)]
    for _ in range(N):
        n1=int(10**random.uniform(0,4)); n2=int(10**random.uniform(0,4))
        p=random.choice([random.random(),random.random()**4])
        x1=sum(random.random()<p for _ in range(n1)) if n1<20000 else int(n1*p)
        x2=sum(random.random()<p for _ in range(n2))
        cases.append((x1,n1,x2,n2,random.choice([.9,.95,.99])))
    json.dump(run(cases),sys.stdout)
