-- Trusted customers who have trusted readings. A semi-join gives one row per customer.
SELECT
    serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate,
    customername, email, lastupdatedate, phone, sharewithfriendsasofdate
FROM ${customer_trusted}
WHERE lower(trim(email)) IN (SELECT lower(trim("user")) FROM ${accelerometer_trusted})
