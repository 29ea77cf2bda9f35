"""The board"""
