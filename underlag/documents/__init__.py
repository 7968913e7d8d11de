"""Documents: findings and orders as pages, texts, lists, mails and workbooks, each as text or bytes."""
