-- Trusted customers who have trusted readings. A semi-join gives one row per customer.
SELECT
    serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate,
    customername, email, lastupdatedate, phone, sharewithfriendsasofdate, person, device
FROM ${customer_trusted}
WHERE person IN (SELECT person FROM ${accelerometer_trusted})
