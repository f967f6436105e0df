"""From a printed coupon to the calibration of its printer."""
